import { Menu, type MenuItemConstructorOptions, Tray } from 'electron';
import { assertNever } from '../../../shared/assert-never.ts';
import { trayIcon } from './icon.ts';
import type { TrayDoes, TrayEntry, TrayView } from './tray-template.ts';

export interface TrayControl {
  /** Draws what differs from what is there. */
  show(view: TrayView): void;
  close(): void;
}

/** Puts an icon into the system's tray, or the menu bar of macOS. A system without one shows nothing. */
export function openTray(act: (does: TrayDoes) => void): TrayControl {
  let shown: { readonly trouble: boolean; readonly key: string } = { trouble: false, key: '' };
  const tray = new Tray(trayIcon(false));
  // macOS opens the menu by any click; elsewhere the main button is the quick way to the window.
  if (process.platform !== 'darwin') tray.on('click', () => act({ kind: 'show' }));
  return {
    show({ entries, tooltip, trouble }) {
      const key = JSON.stringify([entries, tooltip]);
      if (trouble > 0 !== shown.trouble) tray.setImage(trayIcon(trouble > 0));
      if (key !== shown.key) {
        tray.setToolTip(tooltip);
        tray.setContextMenu(Menu.buildFromTemplate(entries.map((entry) => itemOf(entry, act))));
      }
      shown = { trouble: trouble > 0, key };
    },
    close: () => tray.destroy(),
  };
}

function itemOf(entry: TrayEntry, act: (does: TrayDoes) => void): MenuItemConstructorOptions {
  switch (entry.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'text':
      return { label: literal(entry.label), enabled: false };
    case 'item':
      return { label: literal(entry.label), enabled: entry.enabled ?? true, click: () => act(entry.does) };
    case 'check':
      return {
        type: 'checkbox',
        label: literal(entry.label),
        checked: entry.checked,
        click: () => act(entry.does),
      };
    case 'menu':
      return { label: literal(entry.label), submenu: entry.entries.map((inner) => itemOf(inner, act)) };
    default:
      return assertNever(entry, 'tray entry');
  }
}

/** A menu takes `&` for the mark of a shortcut. */
const literal = (label: string): string => label.replaceAll('&', '&&');
