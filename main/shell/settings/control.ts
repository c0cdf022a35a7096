import { type SettingName, type Settings, settingNames } from '../../../shared/model/settings.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { OwnFile } from '../files/index.ts';
import { resetSettings } from './reset.ts';

/** The one way to change a setting: it is kept, shown and in effect when the call returns, or nothing changed. */
export interface SettingsControl {
  change(part: { readonly [K in SettingName]?: Settings[K] | undefined }): Result<null>;
  reset(names?: readonly SettingName[]): Result<null>;
  mark(serviceId: string, marked: boolean): Result<null>;
  /** Puts other settings in place of all, as an import does. */
  replace(settings: Settings): Result<null>;
}

/** More marks than a tray can show help nobody; the oldest goes. */
const mostMarks = 500;

export function createSettingsControl(options: {
  readonly file: Pick<OwnFile<Settings>, 'read' | 'write'>;
  /** An effect that the system may refuse; asked first, so that a refusal leaves everything as it was. */
  readonly setLoginItem: (launch: boolean) => Result<null>;
  /** Shows the new settings and lets each that changed take effect. */
  readonly onChange: (settings: Settings, changed: readonly SettingName[]) => void;
}): SettingsControl {
  const { file } = options;

  const become = (next: Settings): Result<null> => {
    const before = file.read();
    const changed = settingNames.filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(next[name]),
    );
    if (changed.length === 0) return ok(null);
    if (changed.includes('launchAtLogin')) {
      const taken = options.setLoginItem(next.launchAtLogin);
      if (!taken.ok) return taken;
    }
    file.write(next);
    options.onChange(next, changed);
    return ok(null);
  };

  return {
    change(part) {
      const given = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
      return become({ ...file.read(), ...given });
    },
    reset: (names) => become(resetSettings(file.read(), names)),
    mark(serviceId, marked) {
      const settings = file.read();
      const others = settings.marked.filter((id) => id !== serviceId);
      const next = marked ? [...others, serviceId].slice(-mostMarks) : others;
      return become(
        settings.marked.includes(serviceId) === marked ? settings : { ...settings, marked: next },
      );
    },
    replace: become,
  };
}
