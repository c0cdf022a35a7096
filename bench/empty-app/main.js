// The least that Electron does for a window on screen: what every other start is compared with.
import { writeFileSync } from 'node:fs';
import { app, BrowserWindow } from 'electron';

// Not awaited at the top: Electron is ready only after this module was loaded.
app.whenReady().then(async () => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false });
  window.once('ready-to-show', () => window.show());
  await window.loadURL('data:text/html,<!doctype html><title>Empty</title><button>Ready</button>');
  // One frame later, as the application counts it.
  await window.webContents.executeJavaScript(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))',
  );
  if (process.env.GEARWAY_READY_FILE !== undefined) writeFileSync(process.env.GEARWAY_READY_FILE, 'ready');
});
