import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recipes } from '../../../shared/launch/index.ts';
import type { HostKeyPin } from '../../../shared/model/memory.ts';
import { hostileTexts } from '../../../shared/quoting/hostile-texts.ts';
import {
  createCleanup,
  type Machine,
  openMachine,
  type SshServer,
  startSshServer,
  until,
} from '../../testing/index.ts';
import { silentLog, systemClock } from '../effects.ts';
import { Secret } from '../secret.ts';
import { createSsh, type Ssh } from '../ssh/index.ts';
import { createLauncher, type Launcher, type LaunchOrder } from './launcher.ts';
import { look } from './look.ts';
import { saveLog } from './save-log.ts';

const signal = () => AbortSignal.timeout(30_000);
const need = <T>(result: { ok: true; value: T } | { ok: false; error: object }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const machines = createCleanup();
let machine: Machine;
let server: SshServer;
let folder: string;

beforeAll(async () => {
  machine = machines.add(await openMachine());
  server = machines.add(await startSshServer({ machine }));
});
afterAll(() => machines.run());

const cleanup = createCleanup();
afterEach(() => cleanup.run());

/** One life of the engine's launching part: with connections of its own, and no memory of an earlier one. */
function engine(at: SshServer = server, folders?: readonly string[]): { ssh: Ssh; launcher: Launcher } {
  const pins: HostKeyPin[] = [];
  const ssh = createSsh({
    endpoint: async () => ({
      ok: true,
      value: {
        host: at.host,
        port: at.port,
        user: at.user,
        runId: 'run',
        password: new Secret(at.password),
      },
    }),
    hostKeys: {
      pin: (runId) => pins.find((pin) => pin.runId === runId),
      remember: (pin) => void pins.push(pin),
    },
    clock: systemClock,
    random: Math.random,
    log: silentLog,
  });
  cleanup.add(ssh);
  const launcher = createLauncher({
    exec: (id, command, how) => ssh.exec(id, command, how),
    clock: systemClock,
    random: Math.random,
    onChange: () => {},
    listening: async (id, inner) =>
      need(
        await look(
          (command, each) => ssh.exec(id, command, { signal: each, timeoutMs: 10_000, maxBytes: 1_000_000 }),
          inner,
        ),
      ),
    isMapped: () => false,
    graceMs: 8_000,
    folders: folders ?? [folder],
  });
  return { ssh, launcher };
}

const newFolder = () => {
  folder = mkdtempSync(join(tmpdir(), 'gw-launch-'));
  const made = folder;
  cleanup.later(() => rmSync(made, { recursive: true, force: true }));
  return folder;
};

async function start(launcher: Launcher, order: Partial<LaunchOrder>): Promise<string> {
  const { id } = need(
    await launcher.start({ containerId: 'c', recipe: 'command', name: '', values: {}, ...order }, signal()),
  );
  cleanup.later(() => void launcher.stop(id, { force: true }, signal()));
  return id;
}

const stateOf = async (launcher: Launcher, id: string) => {
  need(await launcher.refresh('c', signal()));
  return launcher.get(id)?.state;
};

/** Processes of this machine that have something to do with the folder or run on the port. */
const left = (text: string) =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(text);
      } catch {
        return false;
      }
    });

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

let nextPort = 21_000 + (process.pid % 4_000) * 8;
const newPort = () => String(nextPort++);

/** Only what every image has: no `setsid`, `ss`, `lsof`, `ps` or `bash`. */
function bareBin(): string {
  const bin = mkdtempSync(join(tmpdir(), 'gw-bin-'));
  cleanup.later(() => rmSync(bin, { recursive: true, force: true }));
  for (const name of 'sh cat cut date grep head ls mkdir mv rm sed sleep tail tr wc'.split(' '))
    symlinkSync(
      execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(),
      join(bin, name),
    );
  symlinkSync('/usr/bin/python3', join(bin, 'python3'));
  return bin;
}

/** A home of its own as well: this machine's start files are not the container's. */
const bareEnvironment = (bin: string) => `SetEnv PATH=${bin} HOME=${bin}`;

describe('a service that was started by recipe', () => {
  it('runs on without connection and engine, is found again, and stops without a trace', async () => {
    newFolder();
    writeFileSync(join(folder, 'index.html'), 'from python');
    writeFileSync(
      join(folder, 'server.js'),
      `require('http').createServer((q, s) => s.end('from node')).listen(process.env.PORT, process.env.HOST);
       process.on('SIGTERM', () => { console.log('bye'); process.exit(0); });`,
    );
    const first = engine();
    const ports = { static: newPort(), node: newPort(), redis: newPort() };
    const ids = {
      static: await start(first.launcher, { recipe: 'static', values: { port: ports.static } }),
      node: await start(first.launcher, { recipe: 'node', values: { port: ports.node } }),
      redis: await start(first.launcher, { recipe: 'redis', values: { port: ports.redis } }),
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

    const second = engine();
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
    newFolder();
    const { launcher } = engine();
    const id = await start(launcher, {
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

  it('ends by force with all that it started, when it does not listen', async () => {
    newFolder();
    const { launcher } = engine();
    const mark = `3${String(Date.now()).slice(-7)}`;
    const id = await start(launcher, {
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

  it('starts again with the same command and secret, and keeps the log of the run before', async () => {
    newFolder();
    const { launcher } = engine();
    writeFileSync(join(folder, 'a.js'), 'console.log("run", Date.now()); setInterval(() => {}, 1e6)');
    const id = await start(launcher, { recipe: 'node', values: { script: 'a.js', port: newPort() } });
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
    newFolder();
    const { launcher } = engine();
    const port = newPort();
    await start(launcher, { recipe: 'static', values: { port } });
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

describe('hostile values', () => {
  it('run as data', { timeout: 180_000 }, async () => {
    newFolder();
    // Each program is replaced by one that writes down what it was given.
    const bin = bareBin();
    writeFileSync(
      join(bin, 'show'),
      `#!/usr/bin/python3 -I
import json, os, sys
print(json.dumps(sys.argv[1:] + [os.environ.get(k) for k in ['VLLM_API_KEY', 'LLAMA_API_KEY', 'JUPYTER_TOKEN']]))
`,
      { mode: 0o755 },
    );
    rmSync(join(bin, 'python3'));
    const own = cleanup.add(await openMachine());
    const bare = cleanup.add(await startSshServer({ machine: own, options: [bareEnvironment(bin)] }));
    const { launcher } = engine(bare);
    rmSync('/tmp/gearway-pwned', { force: true });
    const kinds = ['text', 'path', 'secret'];
    const programs = recipes.filter(
      ({ id, fields }) =>
        id !== 'command' && fields.some(({ key, kind }) => kinds.includes(kind) && key !== 'folder'),
    );
    for (const recipe of programs) {
      const program = recipe.command.find((part) => typeof part === 'string');
      if (typeof program === 'string' && !existsSync(join(bin, program)))
        symlinkSync('show', join(bin, program));
    }
    // All fields of a recipe at once, each with another text; every text goes through the real shells.
    const written: string[] = [];
    for (const [turn, text] of hostileTexts.entries()) {
      const recipe = programs[turn % programs.length];
      if (recipe === undefined) continue;
      const fields = recipe.fields.filter(({ key, kind }) => kinds.includes(kind) && key !== 'folder');
      const values = Object.fromEntries(
        fields.map(({ key }, index) => [key, hostileTexts[(turn + index * 7) % hostileTexts.length] ?? '']),
      );
      const { id } = need(
        await launcher.start(
          { containerId: 'c', recipe: recipe.id, name: text, values: { ...values, folder: bin } },
          signal(),
        ),
      );
      expect(launcher.get(id)?.name).toBe(text.trim().slice(0, 200));
      const words = await until(`what ${recipe.id} was given`, async () => {
        const log = need(await launcher.log(id, { from: 0, most: 100_000 }, signal()));
        return log.text.endsWith('\n') && (JSON.parse(log.text) as (string | null)[]);
      });
      for (const { key, kind } of fields) {
        const value = values[key] ?? '';
        const data = kind === 'path' && value.startsWith('-') ? `./${value}` : value;
        const seen = words.some((word) => word === data || word?.endsWith(`=${data}`) === true);
        expect(seen, `${recipe.id} ${key} ${value.slice(0, 40)}`).toBe(true);
        written.push(value);
      }
    }
    expect(new Set(written).size).toBeGreaterThanOrEqual(20);
    expect(existsSync('/tmp/gearway-pwned')).toBe(false);
  });
});

describe('a container', () => {
  it.each<[string, () => readonly string[]]>([
    ['whose login shell is fish', () => [`ForceCommand exec fish -c "$SSH_ORIGINAL_COMMAND"`]],
    ['whose login shell is dash', () => [`ForceCommand exec dash -c "$SSH_ORIGINAL_COMMAND"`]],
    ['without setsid, ss, lsof and bash', () => [bareEnvironment(bareBin())]],
  ])('%s takes it all', async (_what, options) => {
    newFolder();
    const own = cleanup.add(await openMachine());
    const bare = cleanup.add(await startSshServer({ machine: own, options: options() }));
    const { launcher, ssh } = engine(bare);
    const port = newPort();
    const id = await start(launcher, { recipe: 'static', values: { port, folder } });
    const seen = await until(`its port, ${id}`, async () =>
      need(
        await look(
          (command, each) => ssh.exec('c', command, { signal: each, timeoutMs: 10_000, maxBytes: 1_000_000 }),
          signal(),
        ),
      ).find((listens) => listens.port === Number(port)),
    );
    expect(seen).toMatchObject({ bind: 'loopback' });
    expect(seen.command).toContain(`http.server --bind=127.0.0.1 ${port}`);
    await bare.kill('sessions');
    const second = engine(bare);
    expect(await stateOf(second.launcher, id)).toMatchObject({ kind: 'running' });
    expect(need(await second.launcher.search(id, 'serving http', signal()))[0]?.line).toBeGreaterThan(0);
    need(await second.launcher.stop(id, { force: false }, signal()));
    expect(left(`--bind=127.0.0.1 ${port}`.replaceAll(' ', '\0'))).toEqual([]);
  });
});

describe('a log of a million lines', () => {
  it('is followed, searched and saved in parts', async () => {
    newFolder();
    const { launcher } = engine();
    const id = await start(launcher, {
      values: { line: 'seq -f "line %.0f of a long log, 中文" 1000000; sleep 100' },
    });
    const all = 1_000_000 * 'line  of a long log, 中文\n'.length;
    await until('the whole log', async () => {
      const end = await launcher.log(id, { from: -1, most: 200 }, signal());
      return end.ok && end.value.text.includes('line 1000000 of');
    });
    const end = need(await launcher.log(id, { from: -1, most: 65_536 }, signal()));
    expect(end.size).toBeGreaterThan(all);
    expect(end.to).toBe(end.size);
    expect(end.text.length).toBeLessThanOrEqual(65_536);
    expect(
      end.text.split('\n').every((line) => line === '' || /^line \d+ of a long log, 中文$/.test(line)),
    ).toBe(true);
    const part = need(await launcher.log(id, { from: end.from - 10_000, most: 5_000 }, signal()));
    expect(part.text.endsWith('\n')).toBe(true);
    expect(Buffer.byteLength(part.text.replace(/^�*/, ''))).toBeLessThanOrEqual(5_000);
    const next = need(await launcher.log(id, { from: part.to, most: 5_000 }, signal()));
    expect(next.text.startsWith('line ')).toBe(true);
    const found = need(await launcher.search(id, 'LINE 99999', signal()));
    // The profile of a login shell may have said something first.
    const shift = (found[0]?.line ?? 0) - 99_999;
    expect(found.map(({ line }) => line - shift)).toEqual([
      99_999,
      ...Array.from({ length: 10 }, (_, index) => 999_990 + index),
    ]);
    const at = found[1]?.at ?? 0;
    expect(need(await launcher.log(id, { from: at, most: 100 }, signal())).text).toMatch(/^line 999990 of/);
    const saved = need(
      await saveLog(launcher, id, { folder: join(folder, 'saved'), name: 'my log/..', signal: signal() }),
    );
    expect(saved.bytes).toBe(end.size);
    expect(readFileSync(saved.file).length).toBe(end.size);
  });
});
