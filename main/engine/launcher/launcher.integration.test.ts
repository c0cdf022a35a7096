import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createCleanup,
  type Machine,
  openMachine,
  type SshServer,
  startSshServer,
  until,
} from '../../testing/index.ts';
import { createLaunchLab, left, need, newPort, signal, stateOf } from './testing/launching.ts';

const machines = createCleanup();
let machine: Machine;
let server: SshServer;

beforeAll(async () => {
  machine = machines.add(await openMachine());
  server = machines.add(await startSshServer({ machine }));
});
afterAll(() => machines.run());

const cleanup = createCleanup();
afterEach(() => cleanup.run());
const lab = createLaunchLab(cleanup);

const answers = async (port: number, probe: readonly string[]) => {
  const asked = machine.start(probe.map((word) => word.replace('PORT', String(port))));
  await asked.exited;
  return asked.output();
};
const http = [
  'python3',
  '-c',
  'import urllib.request as u; print(u.urlopen("http://127.0.0.1:PORT/").read())',
];

describe('a service that was started by recipe', () => {
  it('runs on without connection and engine, is found again, and stops without a trace', async () => {
    const folder = lab.newFolder();
    writeFileSync(join(folder, 'index.html'), 'from python');
    writeFileSync(
      join(folder, 'server.js'),
      `require('http').createServer((q, s) => s.end('from node')).listen(process.env.PORT, process.env.HOST);
       process.on('SIGTERM', () => { console.log('bye'); process.exit(0); });`,
    );
    const first = lab.engine(server, folder);
    const ports = { static: newPort(), node: newPort(), redis: newPort() };
    const ids = {
      static: await lab.start(first.launcher, { recipe: 'static', values: { port: ports.static } }),
      node: await lab.start(first.launcher, { recipe: 'node', values: { port: ports.node } }),
      redis: await lab.start(first.launcher, { recipe: 'redis', values: { port: ports.redis } }),
    };
    const works = async () => {
      await until('python to answer', async () =>
        (await answers(Number(ports.static), http)).includes('from python'),
      );
      await until('node to answer', async () =>
        (await answers(Number(ports.node), http)).includes('from node'),
      );
      await until('redis to answer', async () =>
        (await answers(Number(ports.redis), ['redis-cli', '-p', 'PORT', 'ping'])).includes('PONG'),
      );
    };
    await works();

    await server.kill('sessions');
    await first.ssh.stop();
    await works();

    const second = lab.engine(server, folder);
    expect(second.launcher.list()).toEqual([]);
    need(await second.launcher.refresh('c', signal()));
    expect(
      second.launcher
        .list()
        .map(({ recipe, state }) => `${recipe} ${state.kind}`)
        .sort(),
    ).toEqual(['node running', 'redis running', 'static running']);
    expect(second.launcher.get(ids.node)).toMatchObject({
      name: 'Node.js',
      port: Number(ports.node),
      host: '127.0.0.1',
      preview: `HOST=127.0.0.1 PORT=${ports.node} node server.js`,
    });
    for (const id of Object.values(ids)) need(await second.launcher.stop(id, { force: false }, signal()));
    expect(second.launcher.list().map(({ state }) => state.kind)).toEqual(['stopped', 'stopped', 'stopped']);
    expect(left(folder)).toEqual([]);
    expect(left(ports.redis)).toEqual([]);
    expect(need(await second.launcher.log(ids.node, { from: 0, most: 1_000 }, signal())).text).toContain(
      'bye',
    );
  });

  it('tells how it ended, with its last lines', async () => {
    const folder = lab.newFolder();
    const { launcher } = lab.engine(server, folder);
    const id = await lab.start(launcher, {
      values: { line: 'for i in $(seq 30); do echo line $i; done; exit 7' },
    });
    const state = await until('its end', async () => {
      const now = await stateOf(launcher, id);
      return now?.kind === 'ended' && now;
    });
    expect(state).toMatchObject({ code: 7 });
    expect(state.lastLines).toHaveLength(20);
    expect(state.lastLines.at(-1)).toBe('line 30');
    expect(Math.abs(state.at - Date.now())).toBeLessThan(30_000);
    need(await launcher.remove(id, signal()));
    expect(launcher.list()).toEqual([]);
    expect(readdirSync(join(folder, '.gearway/services'))).toEqual([]);
  });

  it('tells why it ended, though the cause stands far above its last lines', async () => {
    const folder = lab.newFolder();
    const { launcher } = lab.engine(server, folder);
    const id = await lab.start(launcher, {
      values: {
        line: 'echo "torch.OutOfMemoryError: CUDA out of memory. Tried"; seq 200; echo RuntimeError: failed; exit 1',
      },
    });
    const state = await until('its end', async () => {
      const now = await stateOf(launcher, id);
      return now?.kind === 'ended' && now;
    });
    expect(state.why).toEqual({ kind: 'gpuFull' });
    expect(state.lastLines.at(-1)).toBe('RuntimeError: failed');
  });

  it('ends by force with all that it started, when it does not listen', async () => {
    const folder = lab.newFolder();
    const { launcher } = lab.engine(server, folder);
    const mark = `3${String(Date.now()).slice(-7)}`;
    const id = await lab.start(launcher, {
      values: {
        line: `trap '' TERM; (trap '' TERM; env -i sleep ${mark}) & env -i sh -c 'trap "" TERM; sleep ${mark}; :' & sleep ${mark}; sleep ${mark}`,
      },
    });
    await until('its children', () => left(mark).length >= 4);
    expect((await launcher.remove(id, signal())).ok).toBe(false);
    need(await launcher.stop(id, { force: true }, signal()));
    expect(left(mark)).toEqual([]);
    expect(await stateOf(launcher, id)).toMatchObject({ kind: 'stopped' });
  });

  it('that is being asked to end is ended at once, when a person does not want to wait', async () => {
    const folder = lab.newFolder();
    const { launcher } = lab.engine(server, folder);
    const mark = `4${String(Date.now()).slice(-7)}`;
    const deaf = { values: { line: `trap '' TERM; sleep ${mark}; sleep ${mark}; sleep ${mark}` } };
    const [stopped, restarted] = [await lab.start(launcher, deaf), await lab.start(launcher, deaf)];
    await until('both to run', () => left(mark).length >= 2);
    const waits = [launcher.stop(stopped, { force: false }, signal()), launcher.restart(restarted, signal())];
    expect(await launcher.stop(stopped, { force: false }, signal())).toMatchObject({
      error: { code: 'container_busy' },
    });
    for (const id of [stopped, restarted]) need(await launcher.stop(id, { force: true }, signal()));
    for (const answer of await Promise.all(waits)) need(answer);
    expect(launcher.list().map(({ state, busy }) => `${state.kind} ${busy}`)).toEqual([
      'stopped undefined',
      'stopped undefined',
    ]);
    expect(left(mark)).toEqual([]);
  });

  it('starts again with the same command and secret, and keeps the log of the run before', async () => {
    const folder = lab.newFolder();
    const { launcher } = lab.engine(server, folder);
    writeFileSync(join(folder, 'a.js'), 'console.log("run", Date.now()); setInterval(() => {}, 1e6)');
    const id = await lab.start(launcher, { recipe: 'node', values: { script: 'a.js', port: newPort() } });
    await until(
      'its log',
      async () => (await stateOf(launcher, id)) && (launcher.get(id)?.logBytes ?? 0) > 0,
    );
    const before = launcher.get(id)?.state;
    need(await launcher.restart(id, signal()));
    const after = launcher.get(id)?.state;
    expect(after?.kind).toBe('running');
    expect(after).not.toEqual(before);
    const old = await launcher.log(id, { from: 0, most: 100, previous: true }, signal());
    expect(need(old).text).toMatch(/^run \d+$/m);
  });

  it('refuses a port that is taken and a folder that is missing, and starts nothing', async () => {
    const folder = lab.newFolder();
    const { launcher } = lab.engine(server, folder);
    const port = newPort();
    await lab.start(launcher, { recipe: 'static', values: { port } });
    await until('it to answer', async () => (await answers(Number(port), http)).length > 0);
    const again = await launcher.start(
      { containerId: 'c', recipe: 'static', name: '', values: { port } },
      signal(),
    );
    expect(again).toMatchObject({ ok: false, error: { code: 'launch_port_taken', field: 'port' } });
    const nowhere = await launcher.start(
      { containerId: 'c', recipe: 'static', name: '', values: { port: newPort(), folder: '/no/where' } },
      signal(),
    );
    expect(nowhere).toMatchObject({
      ok: false,
      error: { code: 'launch_folder_missing', field: 'folder', params: { folder: '/no/where' } },
    });
  });
});
