import { z } from 'zod';

/** What a person can choose. The schema is the only place where a setting, its values and its default are written. */
export const settingsSchema = z.strictObject({
  language: z.enum(['system', 'en', 'zh-CN']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The engine's process, as the shell sees it. `restarts` counts since the application started. */
export type EngineLife =
  | { readonly kind: 'starting'; readonly restarts: number }
  | { readonly kind: 'running'; readonly restarts: number; readonly restartedAt?: number }
  | { readonly kind: 'restarting'; readonly restarts: number; readonly since: number }
  | { readonly kind: 'stopped'; readonly restarts: number };

/** `keychain`: the operating system keeps secrets. `session`: they are forgotten when Gearway quits. */
export type SecretTier = 'keychain' | 'session';
