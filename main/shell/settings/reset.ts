import {
  type SettingName,
  type Settings,
  settingNames,
  settingsSchema,
} from '../../../shared/model/settings.ts';

/**
 * Gives the named settings their defaults, or all of them. The services that a person marked are no preference but
 * work: only asking for them by name clears them.
 */
export function resetSettings(settings: Settings, names?: readonly SettingName[]): Settings {
  const defaults = settingsSchema.parse({});
  if (names === undefined) return { ...defaults, marked: settings.marked };
  return { ...settings, ...Object.fromEntries(names.map((name) => [name, defaults[name]])) };
}

/** The settings that differ from their defaults. */
export function changedSettings(settings: Settings): readonly SettingName[] {
  const defaults = settingsSchema.parse({});
  return settingNames.filter((name) => JSON.stringify(settings[name]) !== JSON.stringify(defaults[name]));
}
