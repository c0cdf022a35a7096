import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { startSshServer } from '../main/testing/index.ts';
import { words } from '../shared/words/index.ts';
import { axeViolations } from './support/axe.ts';
import { answerQuestions } from './support/desktop-app.ts';
import { keepScreen, type Look, setLook } from './support/screens.ts';
import { expect, test } from './support/test.ts';

const small: Look = { size: [900, 640], theme: 'light', language: 'en' };
const { first, connections: said, forwards } = words.en;

test('a machine without a platform is reached from a pasted command, without an account', async ({ app }) => {
  const { page } = app;
  const server = await startSshServer();
  const echo = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1');
  const taken = createServer().listen(0, '127.0.0.1');
  await Promise.all([once(echo, 'listening'), once(taken, 'listening')]);
  const target = `127.0.0.1:${(echo.address() as AddressInfo).port}`;
  const busy = (taken.address() as AddressInfo).port;
  const name = `127.0.0.1:${server.port}`;
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  try {
    await button(first.tryAction).waitFor();
    await setLook(app, small);
    await keepScreen(page, 'first-run', small);
    await setLook(app, { ...small, size: [1280, 800] });
    await button(said.firstAction).click();
    await expect(page.getByText(said.noneText)).toBeVisible();
    await button(said.add).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(said.paste).fill('ssh $(id)');
    await dialog.getByRole('button', { name: said.pasteAction }).click();
    await expect(dialog.getByText(/Paste the login/)).toBeVisible();
    await dialog.getByLabel(said.paste).fill(`ssh -N -p ${server.port} -i ${server.keyFile} root@127.0.0.1`);
    await dialog.getByRole('button', { name: said.pasteAction }).click();

    // A command that was pasted is carried out: it connects.
    await expect(page.getByText(server.fingerprint)).toBeVisible();
    await keepScreen(page, 'connection-first', { size: [1280, 800], theme: 'light', language: 'en' });
    expect.soft(await axeViolations(page)).toEqual([]);
    await button(said.acceptKey).click();
    await expect(button(`${said.disconnect} ${name}`)).toBeVisible();

    await button(`${forwards.add}: ${name}`).click();
    const questions = await answerQuestions(app, false);
    await page.getByRole('textbox', { name: forwards.spec }).fill(`0.0.0.0:0:${target}`);
    await button(forwards.add).click();
    await expect.poll(questions).toEqual([expect.stringContaining('It listens on 0.0.0.0')]);
    await page.getByRole('textbox', { name: forwards.spec }).fill(`${busy}:${target}`);
    await button(forwards.add).click();
    const offer = page.getByRole('button', { name: /^Use port \d+$/ });
    const free = Number(/\d+/.exec((await offer.textContent()) ?? '')?.[0]);
    await keepScreen(page, 'forward-busy', { size: [1280, 800], theme: 'light', language: 'en' });
    await offer.click();
    const row = page.getByRole('listitem', { name: `${free}:${target}` });
    await expect(row).toContainText(/listens|verified/);
    const socket = connect(free, '127.0.0.1');
    socket.write('hello');
    expect(String((await once(socket, 'data'))[0])).toBe('hello');
    socket.destroy();
    await expect(row).toContainText(`-L 127.0.0.1:${free}:${target}`);
    await keepScreen(page, 'connections', { size: [1280, 800], theme: 'light', language: 'en' });
    expect.soft(await axeViolations(page)).toEqual([]);

    await row.getByRole('button', { name: new RegExp(`^${forwards.close} `) }).click();
    await expect(row).toContainText(words.en.lane.closed);
    await button(`${words.en.app.more}: ${name}`).click();
    await page.getByRole('menuitem', { name: said.remove }).click();
    await expect(page.getByText(said.noneText)).toBeVisible();
    await button(words.en.app.back).click();
    await expect(button(first.tryAction)).toBeVisible();
  } finally {
    echo.close();
    taken.close();
    await server.stop();
  }
});
