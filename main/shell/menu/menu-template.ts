import type { PlaceName, WindowCommand } from '../../../shared/contract/commands.ts';
import { type Language, words } from '../../../shared/words/index.ts';

/** One entry of a native menu, as plain data. `command` leads the window, `act` is done by the shell. */
export type MenuEntry =
  | { readonly kind: 'separator' }
  | { readonly kind: 'role'; readonly role: MenuRole; readonly label: string; readonly accelerator?: string }
  | {
      readonly kind: 'item';
      readonly label: string;
      readonly accelerator?: string;
      readonly does: MenuDoes;
    }
  | {
      readonly kind: 'menu';
      readonly label: string;
      readonly role?: 'window' | 'help';
      readonly entries: readonly MenuEntry[];
    };

export type MenuDoes =
  | { readonly kind: 'command'; readonly command: WindowCommand }
  | { readonly kind: 'report' };

type MenuRole =
  | 'about'
  | 'services'
  | 'hide'
  | 'hideOthers'
  | 'unhide'
  | 'quit'
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'selectAll'
  | 'resetZoom'
  | 'zoomIn'
  | 'zoomOut'
  | 'togglefullscreen'
  | 'toggleDevTools'
  | 'minimize'
  | 'zoom'
  | 'front'
  | 'close';

const separator = { kind: 'separator' } as const;

/**
 * The application's menu for one system and one language. Roles bring behaviour and shortcuts of the system; their
 * labels are given all the same, because Electron's own are English whatever the system speaks.
 */
export function menuTemplate(options: {
  readonly platform: 'darwin' | 'win32' | 'linux';
  readonly language: Language;
  readonly developer: boolean;
}): readonly MenuEntry[] {
  const mac = options.platform === 'darwin';
  const { menu } = words[options.language].desktop;
  const role = (role: MenuRole): MenuEntry => ({ kind: 'role', role, label: menu.roles[role] });
  const command = (label: string, what: WindowCommand, accelerator?: string): MenuEntry => ({
    kind: 'item',
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    does: { kind: 'command', command: what },
  });
  const go = (place: PlaceName, accelerator?: string) =>
    command(menu.places[place], { kind: 'go', place }, accelerator);
  const settings = go('settings', 'CmdOrCtrl+,');

  const application: MenuEntry = {
    kind: 'menu',
    label: 'Gearway',
    entries: [
      role('about'),
      separator,
      settings,
      separator,
      role('services'),
      separator,
      role('hide'),
      role('hideOthers'),
      role('unhide'),
      separator,
      role('quit'),
    ],
  };
  const file: MenuEntry = {
    kind: 'menu',
    label: menu.file,
    entries: [
      command(menu.export, { kind: 'export' }),
      command(menu.import, { kind: 'import' }),
      separator,
      ...(mac ? [] : [settings, separator]),
      role('close'),
      ...(mac ? [] : [role('quit')]),
    ],
  };
  const edit: MenuEntry = {
    kind: 'menu',
    label: menu.edit,
    entries: [
      ...(['undo', 'redo'] as const).map(role),
      separator,
      ...(['cut', 'copy', 'paste', 'selectAll'] as const).map(role),
    ],
  };
  const view: MenuEntry = {
    kind: 'menu',
    label: menu.view,
    entries: [
      command(menu.palette, { kind: 'palette' }, 'CmdOrCtrl+K'),
      separator,
      ...(
        ['services', 'containers', 'connections', 'models', 'compare', 'inspector', 'activity'] as const
      ).map((place, index) => go(place, `CmdOrCtrl+${index + 1}`)),
      separator,
      ...(['resetZoom', 'zoomIn', 'zoomOut'] as const).map(role),
      separator,
      role('togglefullscreen'),
      ...(options.developer ? [role('toggleDevTools')] : []),
    ],
  };
  const window: MenuEntry = {
    kind: 'menu',
    label: menu.window,
    role: 'window',
    entries: mac
      ? [role('minimize'), role('zoom'), separator, role('front')]
      : [role('minimize'), role('close')],
  };
  const help: MenuEntry = {
    kind: 'menu',
    label: menu.help,
    role: 'help',
    entries: [
      { kind: 'item', label: menu.report, does: { kind: 'report' } },
      ...(mac ? [] : [separator, role('about')]),
    ],
  };
  return mac ? [application, file, edit, view, window, help] : [file, edit, view, window, help];
}
