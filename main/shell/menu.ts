import { app, Menu } from 'electron';

/**
 * Roles bring the system's own words and shortcuts: editing must work in every
 * field, on macOS only through a menu. There is nothing of ours in it yet.
 */
export function installMenu(_language: 'en' | 'zh-CN'): void {
  const edit = { role: 'editMenu' } as const;
  const view = {
    role: 'viewMenu',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
    ],
  } as const;
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      process.platform === 'darwin'
        ? [{ role: 'appMenu' }, edit, { ...view, submenu: [...view.submenu] }, { role: 'windowMenu' }]
        : [edit, { ...view, submenu: [...view.submenu] }],
    ),
  );
}
