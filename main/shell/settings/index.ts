export { createSettingsControl, type SettingsControl } from './control.ts';
export { memoryFormat, settingsFormat } from './format.ts';
export { changedSettings } from './reset.ts';
