import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { runGearway } from '../main/testing/index.ts';
import { type InterfaceWords, words } from '../shared/words/index.ts';
import { axeViolations } from './support/axe.ts';
import type { DesktopApp } from './support/desktop-app.ts';
import { startPlatformFront } from './support/platform-front.ts';
import { keepScreen, type Look, looks, setLook } from './support/screens.ts';
import { expect, makeFolder, startApp, test } from './support/test.ts';

type Mood = 'empty' | 'full' | 'refuses';

/** A platform that can be without any container, and can call every token expired. */
async function startMoody(origin: string) {
  let mood: Mood = 'empty';
  const say = (text: string) => ({ text });
  const front = await startPlatformFront(origin, (_asked, answer, body) => {
    const said =
      mood === 'refuses'
        ? say('{"errors":[{"message":"JWT expired at 2026-01-01"}]}')
        : mood === 'empty' && body.includes('query Projects(')
          ? say('{"data":{"party":{"projects":{"data":[]}}}}')
          : undefined;
    if (said === undefined) return {};
    answer.writeHead(200, { 'content-type': 'application/json' });
    answer.end(said.text);
    return 'taken';
  });
  return {
    ...front,
    become: (next: Mood) => {
      mood = next;
    },
  };
}

/** The same screen in every look; `there` is what shows that it stands. */
async function lookedAt(
  app: DesktopApp,
  name: string,
  there: (texts: InterfaceWords) => string,
  all = looks,
) {
  for (const look of all) {
    await setLook(app, look);
    await expect(app.page.getByText(there(words[look.language])).first()).toBeVisible();
    await keepScreen(app.page, name, look);
    expect.soft(await axeViolations(app.page), name).toEqual([]);
  }
}

/** For the engine: every port is taken. */
const noPorts = `
  require('node:net').Server.prototype.listen = function () {
    setImmediate(() => this.emit('error', Object.assign(new Error('full'), { code: 'EADDRINUSE' })));
    return this;
  };
`;

/** What the engine is started with from now on. Playwright keeps it from the application itself. */
const setNodeOptions = ({ electron }: DesktopApp, options: string | undefined) =>
  electron.evaluate((_, given) => {
    if (given === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = given;
  }, options);

const first: Look = { size: [1280, 800], theme: 'light', language: 'en' };

test('screens with nothing on them, and with something wrong', async () => {
  test.setTimeout(300_000);
  const folder = await makeFolder();
  await writeFile(join(folder.path, 'settings.json'), '{"content":{"theme":');
  const platform = runGearway(['platform', '--json']);
  const app = await startApp({ folder: folder.path });
  const { page, get } = app;
  const texts = words.en;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const ready = await platform.line('the platform is ready', ({ event }) => event === 'ready');
  const moody = await startMoody(String(ready.origin));
  try {
    // A file of ours that was damaged.
    await lookedAt(app, 'first-run-damaged', ({ desktop }) => desktop.notices.dismiss);
    await setLook(app, first);
    await button(texts.desktop.notices.dismiss).click();

    // An account without any container.
    const edge = ready.edge as { readonly domain: string; readonly port: number };
    await get('session.signIn', {
      instance: 'private',
      origin: moody.origin,
      domain: `http://${edge.domain}:${edge.port}`,
      token: String(ready.token),
    });
    await lookedAt(app, 'services-empty', ({ services }) => services.noneText);
    for (const [name, place, there] of [
      ['containers-empty', texts.places.containers, ({ containers }: InterfaceWords) => containers.none],
      ['connections-empty', texts.connections.title, ({ connections }: InterfaceWords) => connections.none],
      ['models-empty', texts.models.title, ({ models }: InterfaceWords) => models.none],
      ['compare-empty', texts.places.compare, ({ measure }: InterfaceWords) => measure.all.none],
    ] as const) {
      await setLook(app, first);
      await button(place).click();
      await lookedAt(app, name, there);
    }

    // A machine that is not there, among connections.
    await get('connections.paste', {
      command: 'ssh -N -L 5432:127.0.0.1:5432 -p 9 me@127.0.0.1',
    });
    await setLook(app, first);
    await button(texts.connections.title).click();
    await button(`${texts.connections.connect} 127.0.0.1:9`).click();
    await lookedAt(app, 'connections-failing', ({ connections }) => connections.state.failed);

    // A token that is refused from now on.
    moody.become('full');
    await get('containers.refresh', {});
    await setLook(app, first);
    await button(texts.places.services).click();
    await expect(page.getByRole('listitem', { name: 'web', exact: true })).toContainText(/\d ms/);
    moody.become('refuses');
    await app.ask('containers.refresh', {});
    await lookedAt(app, 'services-token-refused', ({ accounts }) => accounts.renew);

    // An engine that dies again and again: the fifth time it gets a pause of 13 s.
    moody.become('full');
    const [accountId = ''] = Object.keys((await get('state.get', {})).state.accounts);
    await get('session.renew', { accountId, token: String(ready.token) });
    await setLook(app, first);
    await expect(button(texts.accounts.renew)).toBeHidden();
    const killed: number[] = [];

    // One that gets no port from the system, for local addresses or for anything else.
    const full = join(folder.path, 'full.cjs');
    await writeFile(full, noPorts);
    await setNodeOptions(app, `--require "${full.replaceAll('\\', '/')}"`);
    killed.push(await killEngine(app, killed));
    await expect(page.getByText(texts.status.proxyTries)).toBeVisible();
    await expect(page.getByRole('listitem', { name: 'web', exact: true })).toContainText(/\d ms/);
    await lookedAt(app, 'services-no-port', ({ status }) => status.proxyTries);
    await setNodeOptions(app, undefined);
    while (killed.length < 5) killed.push(await killEngine(app, killed));
    await lookedAt(app, 'services-engine-gone', ({ status }) => status.restarting, looks.slice(0, 2));
  } finally {
    await app.quit();
    moody.stop();
    await platform.stop();
    await folder.remove();
  }
});

test('screens while another program holds the port of local addresses', async () => {
  const folder = await makeFolder();
  const words = ['--demo'];
  let app = await startApp({ folder: folder.path, words });
  const portOf = async () => {
    const { proxy } = (await app.get('state.get', {})).state;
    return proxy.kind === 'listening' ? proxy.port : 0;
  };
  await expect.poll(portOf).toBeGreaterThan(0);
  const kept = await portOf();
  await app.quit();
  const other = createServer().listen(kept, '127.0.0.1');
  await once(other, 'listening');
  app = await startApp({ folder: folder.path, words });
  try {
    await lookedAt(app, 'services-port-taken', ({ status }) => status.proxyMoved.split('{{')[0] ?? '');
    await expect(app.page.getByText(String(kept))).toBeVisible();
    expect(await portOf()).not.toBe(kept);
  } finally {
    await app.quit();
    other.close();
    await folder.remove();
  }
});

/** Ends the engine as a crash does, once it runs again after these; gives its process. */
async function killEngine({ electron, get }: DesktopApp, killed: readonly number[]): Promise<number> {
  await expect
    .poll(async () => (await get('shell.state', {})).state.engine, { timeout: 30_000 })
    .toMatchObject({ kind: 'running', restarts: killed.length });
  const kill = () =>
    electron.evaluate(({ app }, before) => {
      // One that has just begun stands in this list a moment later, and one that has ended a moment longer.
      const engine = app
        .getAppMetrics()
        .find(({ name, pid }) => name === 'Gearway engine' && !before.includes(pid));
      if (engine !== undefined) process.kill(engine.pid, 'SIGKILL');
      return engine?.pid ?? 0;
    }, killed);
  let pid = 0;
  await expect
    .poll(async () => {
      pid = await kill();
      return pid;
    })
    .toBeGreaterThan(0);
  return pid;
}
