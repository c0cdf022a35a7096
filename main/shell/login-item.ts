import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { fail, ok, type Result } from '../../shared/result.ts';
import { hiddenFlag } from './arguments.ts';
import { autostartEntry } from './autostart-entry.ts';

/**
 * Makes the system start Gearway at login, or no longer. macOS and Windows keep a list; on Linux it is a file in the
 * autostart folder (Desktop Application Autostart Specification). `login_item_refused`.
 */
export function setLoginItem(launch: boolean): Result<null> {
  // Electron's own binary of a checkout needs to be told which application to run.
  const args = [...(app.isPackaged ? [] : [app.getAppPath()]), hiddenFlag];
  try {
    if (process.platform !== 'linux') {
      app.setLoginItemSettings({ openAtLogin: launch, path: process.execPath, args });
      return ok(null);
    }
    const config = process.env.XDG_CONFIG_HOME;
    const folder = join(config?.startsWith('/') ? config : join(homedir(), '.config'), 'autostart');
    const file = join(folder, 'gearway.desktop');
    if (!launch) {
      rmSync(file, { force: true });
      return ok(null);
    }
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, autostartEntry([process.env.APPIMAGE ?? process.execPath, ...args]));
    return ok(null);
  } catch (error) {
    return fail('login_item_refused', { detail: error instanceof Error ? error.message : String(error) });
  }
}
