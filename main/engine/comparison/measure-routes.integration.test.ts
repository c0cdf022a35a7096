import { afterEach, describe, expect, it } from 'vitest';
import type { Measured } from '../../../shared/model/comparison-record.ts';
import type { Instance } from '../../../shared/model/instance.ts';
import { ok } from '../../../shared/result.ts';
import { type EdgeFault, type LocalPlatform, startLocalPlatform } from '../../local-platform/index.ts';
import { until } from '../../testing/index.ts';
import { silentLog, systemClock } from '../base/effects.ts';
import { Secret } from '../base/secret.ts';
import { createPlatformClient } from '../platform/index.ts';
import { createSsh, createTunnels, type Tunnels } from '../ssh/index.ts';
import { createAllowance } from './allowance.ts';
import { type ComparisonLimits, measureRoutes } from './measure-routes.ts';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});
const never = new AbortController().signal;

/** The sample web app of the local platform, with a real tunnel to it. */
async function setup(faults: EdgeFault = {}) {
  const started = await startLocalPlatform({
    clock: systemClock,
    random: Math.random,
    log: silentLog,
    sshDelayMs: 1,
    faults: { web: faults },
  });
  if (!started.ok) throw new Error(started.error.code);
  const platform = started.value;
  cleanUp.push(() => platform.stop());
  const tunnels = await tunnelsTo(platform);
  const opened = await tunnels.open('lab', { key: 'vision-lab', targetPort: 7860 });
  if (!opened.ok) throw new Error(opened.error.code);
  await until('the tunnel', () => tunnels.get('lab')?.state.kind === 'connected');
  const local = tunnels.get('lab')?.local;
  if (local === undefined) throw new Error('no tunnel');
  const url = `http://demo-web.gear.localhost:${platform.edge.port}`;
  const run = (
    limits: Partial<ComparisonLimits> = {},
    rest: { signal?: AbortSignal; others?: () => number } = {},
  ) => {
    const stages: string[] = [];
    const { signal = never, others = () => 0 } = rest;
    const result = measureRoutes({
      public: { url },
      tunnel: local,
      protocol: 'http',
      allowance: createAllowance({ others, mostBytes: 128e6, clock: systemClock }),
      limits: { rounds: 30, roundsMs: 15_000, longMs: 200, bodyBytes: 4e6, ...limits },
      clock: systemClock,
      signal,
      onProgress: (stage, done) => stages.push(`${stage} ${done.toFixed(2)}`),
    });
    return { result, stages };
  };
  return { platform, tunnels, local, run };
}

async function tunnelsTo(platform: LocalPlatform): Promise<Tunnels> {
  const instance: Instance = { kind: 'local', name: 'x', origin: platform.origin, edge: platform.edge };
  const client = createPlatformClient({
    instance,
    token: new Secret(platform.token),
    fetch,
    clock: systemClock,
  });
  const pins = new Map();
  const ssh = createSsh({
    async endpoint() {
      for (;;) {
        const listed = await client.containers(never);
        const found = listed.ok ? listed.value.find(({ name }) => name === 'vision-lab') : undefined;
        if (found?.ssh !== undefined)
          return ok({ ...found.ssh, runId: found.runId, password: found.password });
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    hostKeys: { pin: (runId) => pins.get(runId), remember: (pin) => void pins.set(pin.runId, pin) },
    clock: systemClock,
    random: Math.random,
    log: silentLog,
  });
  const tunnels = createTunnels({ ssh, clock: systemClock, random: Math.random, onChange: () => {} });
  cleanUp.push(async () => {
    await tunnels.stop();
    await ssh.stop();
  });
  return tunnels;
}

async function measured(faults: EdgeFault, limits: Partial<ComparisonLimits> = {}): Promise<Measured> {
  const { run } = await setup(faults);
  const result = await run(limits).result;
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

/** Within a tenth of what was injected. */
const near = (value: number | undefined, injected: number) => {
  expect(value).toBeGreaterThan(injected * 0.9);
  expect(value).toBeLessThan(injected * 1.1);
};

describe('a comparison measures what the edge does to the public route', () => {
  it('a latency of 150 ms, and all of it on the public side', async () => {
    const found = await measured({ latencyMs: 150 });
    near((found.public.waitMs?.p50 ?? 0) - (found.tunnel.waitMs?.p50 ?? 0), 150);
    expect(found.public).toMatchObject({ attempts: 30, answered: 30 });
  });

  it('buffering: ten events of a stream of 900 ms arrive as one', async () => {
    const found = await measured({ buffer: true }, { rounds: 6 });
    expect(found.public.stream).toMatchObject({ kind: 'measured', buffered: true });
    near(found.public.stream.kind === 'measured' ? found.public.stream.firstMs : 0, 900);
    expect(found.tunnel.stream).toMatchObject({ kind: 'measured', buffered: false });
  });

  it('a time limit of 5 s, which the tunnel does not have', async () => {
    const found = await measured({ firstByteLimitMs: 5_000 }, { rounds: 6, longMs: 6_500 });
    expect(found.public.long).toMatchObject({ kind: 'cut', status: 504 });
    near(found.public.long.kind === 'cut' ? found.public.long.ms : 0, 5_000);
    expect(found.tunnel.long).toEqual({ kind: 'passed', ms: 6_500 });
  });

  it('a body limit of 1 MB, which the tunnel does not have', async () => {
    const found = await measured({ bodyLimitBytes: 1_000_000 }, { rounds: 6 });
    expect(found.public.body.kind).toBe('limited');
    near(found.public.body.kind === 'limited' ? found.public.body.bytes : 0, 1_000_000);
    expect(found.tunnel.body).toEqual({ kind: 'passed', bytes: 4_000_000 });
  });

  it('a loss of 30 %, and measures the rest in spite of it', async () => {
    const found = await measured({ loss: 0.3 }, { rounds: 40 });
    near(found.public.answered / found.public.attempts, 0.7);
    near(1 - found.public.answered / found.public.attempts, 0.3);
    expect(found.public.lastError).toBe('connection_lost');
    expect(found.tunnel.answered).toBe(found.tunnel.attempts);
    expect([found.public.down.kind, found.public.socket.kind, found.public.stream.kind]).toEqual([
      'measured',
      'measured',
      'measured',
    ]);
  });

  it('no WebSocket, which the tunnel carries', async () => {
    const found = await measured({ noUpgrade: true }, { rounds: 6 });
    expect(found.public.socket).toEqual({ kind: 'refused', status: 400 });
    expect(found.tunnel.socket.kind).toBe('measured');
  });

  it('nothing where nothing is wrong: every measurement is there on both routes', async () => {
    const found = await measured({}, { rounds: 10 });
    expect(found.work).toBe('offered');
    for (const route of [found.public, found.tunnel])
      expect(
        (['down', 'up', 'socket', 'stream', 'long', 'body'] as const).map(
          (key) => `${key} ${route[key].kind}`,
        ),
      ).toEqual([
        'down measured',
        'up measured',
        'socket measured',
        'stream measured',
        'long passed',
        'body passed',
      ]);
  });
});

describe('a comparison under way', () => {
  it('tells how far it is and ends when it is cancelled', async () => {
    const { run } = await setup();
    const controller = new AbortController();
    const { result, stages } = run({ longMs: 30_000 }, { signal: controller.signal });
    await until('the stream', () => stages.some((stage) => stage.startsWith('stream')));
    const at = Date.now();
    controller.abort();
    expect(await result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(Date.now() - at).toBeLessThan(2_000);
    expect(stages.map((stage) => Number(stage.split(' ')[1]))).toEqual(
      stages.map((stage) => Number(stage.split(' ')[1])).sort((a, b) => a - b),
    );
  });

  it('takes no more than a twentieth of what others move through the tunnel', async () => {
    const { tunnels, run, local } = await setup();
    await tunnels.open('others', { key: 'vision-lab', targetPort: 7860 });
    await until('the other tunnel', () => tunnels.get('others')?.state.kind === 'connected');
    const other = tunnels.get('others')?.local;
    const moved = (id: string) => {
      const traffic = tunnels.get(id)?.traffic;
      return (traffic?.bytesUp ?? 0) + (traffic?.bytesDown ?? 0);
    };
    const controller = new AbortController();
    const load = (async () => {
      while (!controller.signal.aborted)
        await fetch(`http://${other?.host}:${other?.port}/download?bytes=100000000`, {
          signal: controller.signal,
        })
          .then((answer) => answer.arrayBuffer())
          .catch(() => {});
    })();
    await until('bytes of others', () => moved('others') > 5e6);
    const before = { ours: moved('lab'), others: moved('others') };
    const result = await run({ rounds: 20 }, { others: () => moved('others') }).result;
    const ours = moved('lab') - before.ours;
    const others = moved('others') - before.others;
    controller.abort();
    await load;
    expect(local.port).toBeGreaterThan(0);
    expect(result.ok).toBe(true);
    expect(ours / (ours + others)).toBeLessThan(0.05);
  });
});
