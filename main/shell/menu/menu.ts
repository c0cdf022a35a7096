import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { assertNever } from '../../../shared/assert-never.ts';
import type { Language } from '../../../shared/words/index.ts';
import { type MenuDoes, type MenuEntry, menuTemplate } from './menu-template.ts';

/** Puts the application's menu into the system's place for it, in one language. */
export function installMenu(language: Language, act: (does: MenuDoes) => void): void {
  const platform = process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux';
  const entries = menuTemplate({ platform, language, developer: !app.isPackaged });
  Menu.setApplicationMenu(Menu.buildFromTemplate(entries.map((entry) => itemOf(entry, act))));
}

function itemOf(entry: MenuEntry, act: (does: MenuDoes) => void): MenuItemConstructorOptions {
  switch (entry.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'role':
      return { role: entry.role, label: entry.label };
    case 'item':
      return { label: entry.label, accelerator: entry.accelerator, click: () => act(entry.does) };
    case 'menu':
      return {
        label: entry.label,
        ...(entry.role === undefined ? {} : { role: entry.role }),
        submenu: entry.entries.map((inner) => itemOf(inner, act)),
      };
    default:
      return assertNever(entry, 'menu entry');
  }
}
