import { z } from 'zod';

/** What a person can choose. The schema is the only place where a setting, its values and its default are written. */
export const settingsSchema = z.strictObject({
  language: z.enum(['system', 'en', 'zh-CN']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Closing the window leaves Gearway in the tray. On macOS an application always stays. */
  closeToTray: z.boolean().default(false),
  launchAtLogin: z.boolean().default(false),
  /** Tell when a marked service stops answering, and when it answers again. */
  notifications: z.boolean().default(true),
  /** Height of rows in the list of services; `auto` makes them dense where there are many. */
  density: z.enum(['auto', 'comfortable', 'dense']).default('auto'),
  /** Ids of the services that matter to the person: they come first in the tray, and notifications are for them only. */
  marked: z.array(z.string().min(1).max(200)).max(500).default([]),
});
export type Settings = z.infer<typeof settingsSchema>;

export type SettingName = keyof Settings;
export const settingNames = Object.keys(settingsSchema.shape) as readonly SettingName[];

/**
 * Some settings to change. Not `.partial()`, which would fill what is left out with its default
 * (zod 4: a default inside an optional field still applies) and so reset it.
 */
export const settingsChangeSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(settingsSchema.shape).map(([name, field]) => [name, field.unwrap().optional()]),
  ) as { readonly [K in SettingName]: z.ZodOptional<ReturnType<(typeof settingsSchema.shape)[K]['unwrap']>> },
);

/** Something about one of the files in Gearway's own folder that the person should know. */
export type FileNotice =
  /** It could not be read, in part or at all: `lost` names what has its default now, `backup` the copy that was kept. */
  | {
      readonly kind: 'damaged';
      readonly file: OwnFileName;
      readonly backup?: string;
      readonly lost: readonly string[];
    }
  /** The engine fell over twice with what it holds: a copy was kept, and it begins anew. */
  | { readonly kind: 'unusable'; readonly file: OwnFileName; readonly backup?: string }
  /** A later Gearway wrote it: it is left alone, and changes last until Gearway quits. */
  | { readonly kind: 'newer'; readonly file: OwnFileName }
  /** It cannot be written now, as on a full disk: what changes is kept in memory, and written with the next change. */
  | { readonly kind: 'unwritten'; readonly file: OwnFileName };

export type OwnFileName = 'settings' | 'memory' | 'secrets' | 'window' | 'activity';

/** The engine's process, as the shell sees it. `restarts` counts since the application started. */
export type EngineLife =
  | { readonly kind: 'starting'; readonly restarts: number }
  | { readonly kind: 'running'; readonly restarts: number; readonly restartedAt?: number }
  | { readonly kind: 'restarting'; readonly restarts: number; readonly since: number }
  | { readonly kind: 'stopped'; readonly restarts: number };

/** `keychain`: the operating system keeps secrets. `session`: they are forgotten when Gearway quits. */
export type SecretTier = 'keychain' | 'session';
