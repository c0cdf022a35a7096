import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestInput, RequestName, RequestResult } from '../../../shared/contract/requests.ts';
import { serviceId } from '../../../shared/model/service.ts';
import { startTestPlatform } from '../../local-platform/testing/start-test-platform.ts';
import {
  canIsolate,
  createCleanup,
  type Machine,
  openMachine,
  type SshServer,
  startSshServer,
  until,
} from '../../testing/index.ts';
import type { Engine } from '../engine.ts';
import { makeEngine } from '../testing/make-engine.ts';

const port = 7_860;
const day = 86_400_000;
const cleanup = createCleanup();
afterAll(() => cleanup.run());

interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Asks an address by Node alone: nothing of the application takes part. */
const get = (url: string, headers: Record<string, string> = {}, body?: string): Promise<Seen> =>
  new Promise((resolve, reject) => {
    const { hostname, port: at, pathname, host } = new URL(url);
    const out = request(
      {
        host: hostname.endsWith('.localhost') ? '127.0.0.1' : hostname,
        port: at,
        path: pathname,
        method: body === undefined ? 'GET' : 'POST',
        headers: { host, ...headers },
        agent: false,
      },
      (answer) => {
        let text = '';
        answer.on('data', (chunk) => (text += String(chunk)));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
        );
        answer.on('error', reject);
      },
    );
    out.on('error', reject);
    out.end(body);
  });

/** What a container's end does to what ran in it. */
function killAllBut(name: string, machine: Machine): void {
  const pids = execFileSync('ip', ['netns', 'pids', machine.name ?? ''], { encoding: 'utf8' });
  for (const pid of pids.split('\n').filter(Boolean))
    try {
      if (!readFileSync(`/proc/${pid}/comm`, 'latin1').startsWith(name)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
}

/** A container with a real OpenSSH server, its local platform and an engine that is signed in there. */
async function openStory(): Promise<{
  readonly engine: Engine;
  readonly machine: Machine;
  readonly ssh: SshServer;
  readonly id: string;
  readonly folder: string;
  ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestResult<N>>;
}> {
  const machine = cleanup.add(await openMachine());
  const folder = mkdtempSync(join(tmpdir(), 'gw-share-'));
  cleanup.later(() => rmSync(folder, { recursive: true, force: true }));
  // A home of its own: what is kept in the container must not meet what other tests keep.
  const ssh = cleanup.add(await startSshServer({ machine, options: [`SetEnv HOME=${folder}`] }));
  const platform = await startTestPlatform(cleanup);
  const containerId = platform.addOutside({
    name: 'lab',
    mappings: [{ port, name: 'shared' }],
    sshHost: ssh.host,
    sshPort: ssh.port,
    sshUser: 'root',
    password: ssh.password,
    address: machine.address,
  });
  const engine = makeEngine(cleanup);
  await engine.start();
  const ask = (name: string, input: unknown) => engine.handle(name, input, AbortSignal.timeout(60_000));
  expect(
    await ask('session.signIn', {
      instance: 'private',
      origin: platform.origin,
      domain: `http://${platform.edge.domain}:${platform.edge.port}`,
      token: platform.token,
    }),
  ).toMatchObject({ ok: true });
  writeFileSync(join(folder, 'index.html'), '<title>inside</title>\n');
  return { engine, machine, ssh, id: serviceId(containerId, port), folder, ask: ask as never };
}

describe.runIf(canIsolate())('a service that is open to anyone', () => {
  let story: Awaited<ReturnType<typeof openStory>>;
  beforeAll(async () => {
    story = await openStory();
  });
  const state = () => story.engine.snapshot().state;
  const service = () => state().services[story.id];

  it('is by link for 7 days after one order, verified from outside, and closed when the gate is killed', async () => {
    const { ask, id, folder } = story;
    await until('the container', () => Object.keys(state().containers).length > 0);
    const containerId = id.slice(0, id.lastIndexOf(':')) || '';
    const started = await ask('launch.start', {
      containerId: service()?.containerId ?? containerId,
      recipe: 'static',
      name: 'web',
      values: { port: String(port), folder, host: '0.0.0.0' },
    });
    expect(started).toMatchObject({ ok: true });
    const url = await until('its address to answer', async () => {
      const exposure = service()?.exposure;
      if (exposure?.kind !== 'mapped') return undefined;
      return (await get(exposure.url)).body.includes('inside') && exposure.url;
    });
    await ask('services.check', { serviceId: id });
    await until('the mark', () => service()?.exposed !== undefined);

    const plan = await ask('gate.plan', { serviceId: id });
    expect(plan).toMatchObject({ ok: true, value: { kind: 'restart', port, address: url } });
    expect(await ask('gate.share', { serviceId: id, kind: 'link', name: 'Ada', until: null })).toMatchObject({
      error: { code: 'gate_restart_needed' },
    });
    expect((await get(url)).status).toBe(200);
    const shared = await ask('gate.share', {
      ...{ serviceId: id, kind: 'link', name: 'Ada', restart: true },
      until: Date.now() + 7 * day,
    });
    expect(shared).toMatchObject({ ok: true, value: { address: url, check: { verdict: 'closed' } } });
    const link = shared.ok ? String(shared.value.secret) : '';
    expect(link).toMatch(/^gwl_[\w-]{43}$/);

    // As a stranger, without the application: not a byte of the service.
    const stranger = await get(url, { accept: 'text/html' });
    expect([stranger.status, stranger.body.includes('inside')]).toEqual([401, false]);
    await until('the mark to go', () => service()?.exposed === undefined && service()?.gate?.isVerified);
    expect(service()?.gate).toMatchObject({ asks: 'link', isRunning: true });

    // With the link: in.
    const entered = await get(
      `${url}/.gearway/enter`,
      { origin: url, 'content-type': 'application/x-www-form-urlencoded' },
      `secret=${link}`,
    );
    expect(entered.status).toBe(303);
    const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
    expect((await get(url, { cookie })).body).toContain('inside');

    // This person's own address passes without being asked.
    const local = service()?.local?.url ?? '';
    await ask('services.setRoute', { serviceId: id, choice: 'public' });
    await until('the own address', async () => {
      const own = await get(local);
      return own.body.includes('inside') && own.headers['x-gearway-route'] === 'public';
    });

    // What is asked of the public route is the service, as behind the tunnel, and not the gate's refusal.
    await ask('services.check', { serviceId: id });
    await until('the service to be seen past the gate', () => {
      const health = service()?.health.public;
      return health?.state === 'up' && health.facts.status === 200 && health.facts.title === 'inside';
    });
    expect(service()?.exposed).toBeUndefined();

    // Nothing secret in any list of processes or environment, or in files that others may read.
    for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      for (const part of ['cmdline', 'environ'])
        try {
          if (Number(pid) !== process.pid)
            expect(readFileSync(`/proc/${pid}/${part}`, 'latin1')).not.toContain(link);
        } catch (error) {
          if ((error as { code?: string }).code === undefined) throw error;
        }
    }

    // Revoked: out at once, and counted.
    const [grant] = state().gates[id]?.grants ?? [];
    expect(grant).toMatchObject({ kind: 'link', name: 'Ada', uses: 0 });
    expect(await ask('gate.revoke', { serviceId: id, grantId: grant?.id ?? '' })).toMatchObject({ ok: true });
    expect((await get(url, { cookie })).status).toBe(401);
    await until('the counts', async () => {
      await ask('gate.check', { serviceId: id });
      const [seen] = state().gates[id]?.grants ?? [];
      return seen !== undefined && seen.uses > 0 && seen.refused > 0 && seen.revoked === true;
    });

    // Killed: closed, never open.
    const gate = readdirSync('/proc').find((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
        // Another run of these tests may have one, too.
        const isMine = readlinkSync(`/proc/${pid}/cwd`) === folder;
        return isMine && /^python3\0.*\.gearway\/gates\/7860\/gate\.py/.test(words);
      } catch {
        return false;
      }
    });
    process.kill(Number(gate), 'SIGKILL');
    await until('the edge to find nobody', async () => (await get(url)).status === 502);
    expect(await ask('gate.start', { serviceId: id })).toMatchObject({ ok: true });
    expect((await get(url)).status).toBe(401);

    // Somebody else is let in by the gate that stands.
    const second = await ask('gate.share', { serviceId: id, kind: 'link', name: 'Bo', until: null });
    const bo = await get(
      `${url}/.gearway/enter`,
      { origin: url, 'content-type': 'application/x-www-form-urlencoded' },
      `secret=${second.ok ? String(second.value.secret) : ''}`,
    );
    const again = String(bo.headers['set-cookie']).split(';')[0] ?? '';

    // The container starts again, with nothing running in it: the gate comes back by itself, and stays alone in front.
    await ask('containers.stop', { containerId });
    await until(
      'the container to have stopped',
      () => state().containers[containerId]?.status.kind === 'ended',
    );
    killAllBut('sshd', story.machine);
    expect((await get(url)).status).not.toBe(200);
    expect(await ask('containers.start', { containerId })).toMatchObject({ ok: true });
    await until('the gate to be back', async () => (await get(url)).status === 401);
    expect((await get(url, { cookie: again })).status).toBe(502);
    const static_ = Object.values(state().launches).find(({ recipe }) => recipe === 'static');
    expect(await ask('launch.restart', { id: static_?.id ?? '' })).toMatchObject({ ok: true });
    await until('the service behind it', async () =>
      (await get(url, { cookie: again })).body.includes('inside'),
    );
    expect((await get(url)).status).toBe(401);

    // Given up: open again, as before.
    expect(await ask('gate.remove', { serviceId: id, open: true })).toMatchObject({ ok: true });
    await until('it to be open again', async () => (await get(url)).body.includes('inside'));
    expect(state().gates).toEqual({});
  });
});
