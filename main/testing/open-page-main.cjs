// Run by Electron: opens one page, lets it do something, and prints what came of it. Used by open-page.ts only.
const { app, BrowserWindow } = require('electron');

const { url, action, deadlineMs } = JSON.parse(process.env.GEARWAY_PAGE ?? '{}');
const errors = [];
const end = (result) => {
  process.stdout.write(`\nGEARWAY ${JSON.stringify({ errors, ...result })}\n`);
  app.exit(0);
};
setTimeout(() => end({ failed: 'too late' }), deadlineMs);

app
  .whenReady()
  .then(async () => {
    const window = new BrowserWindow({
      show: false,
      width: 1280,
      height: 900,
      webPreferences: { sandbox: true },
    });
    window.webContents.on('console-message', (event, level, message) => {
      const told = typeof event.level === 'string' ? event : { level, message };
      const key = /^GEARWAY-PRESS (\w+)$/.exec(String(told.message))?.[1];
      // Some programs believe a real key only.
      if (key !== undefined) {
        window.webContents.focus();
        for (const type of ['keyDown', 'keyUp']) window.webContents.sendInputEvent({ type, keyCode: key });
      }
      if (told.level === 'error' || told.level === 3) errors.push(String(told.message).slice(0, 300));
    });
    window.webContents.on('did-fail-load', (_event, code, description, target, isMain) => {
      if (isMain && code !== -3) end({ failed: `${code} ${description} ${target}` });
    });
    await window.loadURL(url);
    const value = await window.webContents.executeJavaScript(action, true);
    end({ value, title: window.webContents.getTitle() });
  })
  .catch((error) => end({ failed: String(error) }));
