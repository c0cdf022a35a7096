export { openTray, type TrayControl } from './tray.ts';
export { type TrayDoes, trayView } from './tray-template.ts';
