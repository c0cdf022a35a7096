import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Facts } from '../../../shared/model/service.ts';
import type { Recognised } from '../../../shared/model/service-kind.ts';
import {
  type Answered,
  kindOfGreeting,
  labelOf,
  nextPath,
  recognise,
} from '../../../shared/recognition/index.ts';
import {
  accepts,
  createCleanup,
  freePort,
  itWith,
  loopback,
  programFolders,
  startNginx,
  startPythonWeb,
  startRedis,
  startSshServer,
  until,
} from '../../testing/index.ts';
import { systemClock } from '../base/effects.ts';
import { getPath, probeTunnel } from '../health/index.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gw-real-'));
  cleanup.later(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a program that listens on a free port of loopback. */
async function startOn(commandFor: (port: number) => readonly string[], env: NodeJS.ProcessEnv = {}) {
  const port = await freePort();
  const words = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const child = cleanup.add(loopback.start(['env', ...words, ...commandFor(port)]));
  await until(`port ${port}: ${child.output()}`, () => accepts('127.0.0.1', port));
  return port;
}

/** As health asks a port of which nothing is known. */
const probe = (port: number): Promise<Facts> =>
  probeTunnel(
    { host: '127.0.0.1', port, protocol: 'unknown' },
    { signal: AbortSignal.timeout(20_000), now: systemClock.now },
  );

/** What a service on this port is called; `undefined` where nobody can tell. */
async function nameOf(port: number): Promise<string | undefined> {
  const facts = await probe(port);
  const known = facts.greeting === undefined ? await asked(port) : kindOfGreeting(facts.greeting);
  return known === undefined ? undefined : `${known.kind} ${labelOf(known)}`;
}

async function asked(port: number): Promise<Recognised | undefined> {
  const answers: Answered[] = [];
  for (let path = nextPath(answers); path !== undefined; path = nextPath(answers)) {
    const answer = await getPath(
      { url: `http://127.0.0.1:${port}` },
      path,
      AbortSignal.timeout(20_000),
      10_000,
    );
    if (answer === undefined) break;
    answers.push({ path, ...answer });
  }
  return recognise(answers);
}

describe('a real server is called by its name', () => {
  it('Redis', async () => {
    const { port } = cleanup.add(await startRedis());
    expect(await nameOf(port)).toBe('redis Redis');
  });

  it('OpenSSH', async () => {
    const { port } = cleanup.add(await startSshServer());
    expect(await nameOf(port)).toBe('ssh SSH');
  });

  it("Python's http.server", async () => {
    const { port } = cleanup.add(await startPythonWeb());
    expect(await nameOf(port)).toMatch(/^static Python http.server 3\.\d+\.\d+$/);
  });

  it('nginx is none of them', async () => {
    const { port } = cleanup.add(await startNginx());
    expect(await nameOf(port)).toBeUndefined();
  });

  itWith('initdb', 'runuser')('PostgreSQL', async () => {
    const folder = newFolder();
    const id = (kind: string) => Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }));
    chownSync(folder, id('-u'), id('-g'));
    const asPostgres = ['runuser', '-u', 'postgres', '--', 'env', `PATH=${programFolders.join(':')}`];
    const made = loopback.start([...asPostgres, 'initdb', '-N', '-A', 'trust', '-D', join(folder, 'data')]);
    expect(await made.exited, made.output()).toBe(0);
    const port = await startOn((free) => [
      ...[...asPostgres, 'postgres', '-D', join(folder, 'data'), '-p', String(free), '-k', folder],
      ...['-h', '127.0.0.1'],
    ]);
    expect(await nameOf(port)).toBe('postgresql PostgreSQL');
  });

  itWith('mariadbd')('MariaDB', async () => {
    const folder = newFolder();
    const data = join(folder, 'data');
    const made = loopback.start(['mariadb-install-db', '--no-defaults', `--datadir=${data}`, '--user=root']);
    expect(await made.exited, made.output()).toBe(0);
    const port = await startOn((free) => [
      ...['mariadbd', '--no-defaults', '--user=root', `--datadir=${data}`, `--port=${free}`],
      ...['--bind-address=127.0.0.1', `--socket=${folder}/socket`],
    ]);
    expect(await nameOf(port)).toBe('mysql MySQL');
  });

  itWith('dropbear', 'dropbearkey')('Dropbear', async () => {
    const key = join(newFolder(), 'key');
    execFileSync('dropbearkey', ['-t', 'ed25519', '-f', key], { stdio: 'ignore' });
    const port = await startOn((free) => ['dropbear', '-F', '-E', '-r', key, '-p', `127.0.0.1:${free}`]);
    expect(await nameOf(port)).toBe('ssh SSH');
  });

  itWith('jupyter-notebook')('Jupyter', async () => {
    const port = await startOn(
      (free) => ['jupyter', 'notebook', '--no-browser', '--allow-root', '--ip=127.0.0.1', `--port=${free}`],
      { HOME: newFolder() },
    );
    expect(await nameOf(port)).toMatch(/^jupyter Jupyter \d+\.\d+\.\d+$/);
  });
});
