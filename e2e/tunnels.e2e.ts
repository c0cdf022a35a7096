import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { freePort, startSshServer, until } from '../main/testing/index.ts';
import { words } from '../shared/words/index.ts';
import { keepScreen } from './support/screens.ts';
import { expect, makeFolder, startApp, test } from './support/test.ts';

const run = promisify(execFile);
const { connections: said, forwards, loginKey } = words.en;
const look = { size: [1280, 800], theme: 'light', language: 'en' } as const;
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

test('a real SSH server is reached in every way that a person signs in, and forwards every way', async () => {
  test.setTimeout(60_000);
  const folder = await makeFolder();
  const home = await makeFolder();
  const server = await startSshServer();
  const asking = await startSshServer({
    options: ['UsePAM yes', 'PasswordAuthentication no', 'KbdInteractiveAuthentication yes'],
  });
  const echo = createServer({ allowHalfOpen: true }, (socket) =>
    socket.on('error', () => {}).pipe(socket),
  ).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const echoPort = (echo.address() as AddressInfo).port;
  const ssh = join(home.path, '.ssh');
  await mkdir(ssh);
  await copyFile(server.keyFile, join(ssh, 'locked'));
  await run('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'hush hush', '-f', join(ssh, 'locked')]);
  const host = [
    'Host lab',
    ' HostName 127.0.0.1',
    ` Port ${server.port}`,
    ' User root',
    ' IdentityFile ~/.ssh/locked',
  ];
  await writeFile(join(ssh, 'config'), `${host.join('\n')}\n`);
  const app = await startApp({ folder: folder.path, env: { HOME: home.path, SSH_AUTH_SOCK: '' } });
  const { page } = app;
  try {
    await button(page, said.firstAction).click();
    await button(page, said.import).click();
    await page.getByRole('checkbox', { name: /^lab/ }).check();
    await button(page, words.en.connections.importAction.replace('{{n}}', '1')).click();

    await test.step('a new host key, and a passphrase that is wrong, then right', async () => {
      await button(page, `${said.connect} lab`).click();
      // No secret is asked for before it is known who asks.
      await button(page, said.acceptKey).click();
      const field = page.getByLabel(said.passphrase);
      await field.fill('no');
      await button(page, said.give).click();
      await expect(page.getByText(/passphrase/i).nth(1)).toBeVisible();
      await keepScreen(page, 'connection-passphrase', look);
      await field.fill('hush hush');
      await button(page, said.give).click();
      await expect(button(page, `${said.disconnect} lab`)).toBeVisible();
    });

    const forward = async (direction: 'local' | 'remote' | 'dynamic', spec: string) => {
      await button(page, `${forwards.add}: lab`).click();
      await page.getByRole('button', { name: forwards.directions[direction], exact: true }).click();
      await page.getByRole('textbox', { name: forwards.spec }).fill(spec);
      await button(page, forwards.add).click();
    };

    await test.step('a local forward carries every byte there and back, and is changed', async () => {
      const port = await freePort();
      await forward('local', `${port}:127.0.0.1:${echoPort}`);
      const row = page.getByRole('listitem', { name: `${port}:127.0.0.1:${echoPort}` });
      await expect(row).toContainText(/listens|verified/);
      const sent = randomBytes(24_000_000);
      expect(await echoed(port, sent)).toBe(createHash('sha256').update(sent).digest('hex'));
      await button(page, `${words.en.app.more}: ${port}:127.0.0.1:${echoPort}`).click();
      await page.getByRole('menuitem', { name: forwards.edit }).click();
      const other = await freePort();
      await row.getByRole('textbox', { name: forwards.spec }).fill(`${other}:localhost:${echoPort}`);
      await keepScreen(page, 'forward-edit', look);
      await row.getByRole('button', { name: forwards.save }).click();
      await expect(page.getByRole('listitem', { name: `${other}:localhost:${echoPort}` })).toContainText(
        /listens|verified/,
      );
      expect(await echoed(other, Buffer.from('moved'))).toBe(
        createHash('sha256').update('moved').digest('hex'),
      );
    });

    await test.step('SOCKS leads where a program says', async () => {
      const port = await freePort();
      await forward('dynamic', String(port));
      await expect(page.getByRole('listitem', { name: String(port), exact: true })).toBeVisible();
      const web = createServer((socket) => {
        socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\n\r\nthrough'));
      }).listen(0, '127.0.0.1');
      await once(web, 'listening');
      const address = `http://localhost:${(web.address() as AddressInfo).port}/`;
      const { stdout } = await run('curl', ['-s', '--socks5-hostname', `127.0.0.1:${port}`, address]);
      web.close();
      expect(stdout).toBe('through');
    });

    await test.step('the far side listens for this computer', async () => {
      const far = await freePort();
      await forward('remote', `${far}:127.0.0.1:${echoPort}`);
      await until('the far port', () =>
        echoed(far, Buffer.from('back')).then(
          (hash) => hash === createHash('sha256').update('back').digest('hex'),
          () => false,
        ),
      );
    });

    await test.step('a password, and what a server asks', async () => {
      for (const [name, login, port, password] of [
        ['by-password', 'password', server.port, server.password],
        ['by-questions', 'questions', asking.port, asking.password],
      ] as const) {
        await app.get('connections.save', {
          name,
          host: '127.0.0.1',
          port: String(port),
          user: 'root',
          login,
        });
        await button(page, `${said.connect} ${name}`).click();
        const section = page.getByRole('listitem', { name, exact: true });
        if (login === 'questions') await section.getByRole('button', { name: said.acceptKey }).click();
        await section.locator('input[type=password]').fill(password);
        await keepScreen(page, `connection-${login}`, look);
        await section.getByRole('button', { name: login === 'password' ? said.give : said.answer }).click();
        await expect(button(page, `${said.disconnect} ${name}`)).toBeVisible();
      }
    });
  } finally {
    await app.quit();
    echo.close();
    await Promise.all([server.stop(), asking.stop()]);
    await Promise.all([folder.remove(), home.remove()]);
  }
});

test.describe('on the local platform', () => {
  test.use({ words: ['--demo'] });

  test('one click makes a key and registers it, and a tunnel tells how it does', async ({ app }) => {
    const { page } = app;
    await button(page, 'Open tunnel redis').click();
    await expect(button(page, 'Close tunnel redis')).toBeVisible();
    await page.getByRole('button', { name: /^redis :/ }).click();
    await page.getByRole('tab', { name: words.en.app.details, exact: true }).click();
    const details = page.getByRole('tabpanel');
    await expect(details).toContainText(forwards.uptime);
    await expect(details).toContainText('ssh -N -L 127.0.0.1:');
    await keepScreen(page, 'tunnel-details', look);
    await button(page, 'Containers').click();
    await page.getByRole('button', { name: /^vision-lab/ }).click();
    await button(page, loginKey.register).click();
    await expect(page.getByText(/^Registered as gearway-/)).toContainText('SHA256:');
    await keepScreen(page, 'login-key', look);
  });
});

/** SHA-256 of what comes back of what was sent. */
function echoed(port: number, sent: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256');
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', reject);
    socket.on('data', (chunk) => hash.update(chunk));
    socket.on('end', () => {
      socket.destroy();
      resolve(hash.digest('hex'));
    });
    socket.end(sent);
  });
}
