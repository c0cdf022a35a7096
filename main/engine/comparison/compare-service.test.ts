import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { Container } from '../../../shared/model/container.ts';
import type { Service, Tunnel, TunnelState } from '../../../shared/model/service.ts';
import { testContainer } from '../../../shared/model/test-container.ts';
import { type AppError, fail, ok } from '../../../shared/result.ts';
import { createHandClock } from '../../testing/hand-clock.ts';
import { createCleanup, listenHttp, until } from '../../testing/index.ts';
import type { ReachableService } from '../services/index.ts';
import { type CompareDependencies, compareService } from './compare-service.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());
const never = new AbortController().signal;

const makeEntry = (part: Partial<ReachableService> = {}): ReachableService => ({
  service: {
    id: 'c:80',
    containerId: 'c',
    port: 80,
    name: 'web',
    protocol: 'http',
    exposure: { kind: 'unmapped' },
    byHand: false,
    tunnel: { state: { kind: 'closed' } },
    health: { public: { state: 'absent' }, tunnel: { state: 'absent' } },
    findings: [],
  } as Service,
  ...part,
});

interface Setup {
  readonly entry?: ReachableService;
  readonly container?: Container | undefined;
  /** How opening the borrowed tunnel goes. */
  readonly opened?: AppError;
  readonly settled?: (signal: AbortSignal) => Promise<Tunnel | undefined>;
}

function setup({ entry = makeEntry(), opened, settled, ...how }: Setup = {}) {
  const clock = createHandClock(1_000);
  const container = 'container' in how ? how.container : testContainer('c');
  const calls: string[] = [];
  const ran: string[] = [];
  const parts = {
    board: {
      get: () => entry,
      list: () => [entry],
      ofKnown: (id: string, work: (known: ReachableService) => unknown) =>
        id === entry.service.id ? work(entry) : fail('service_not_found'),
      dirty: () => {},
    },
    tunnels: { get: () => undefined },
    borrowed: {
      async open(id: string, { key, targetPort }: { key: string; targetPort: number }) {
        calls.push(`open ${key}:${targetPort}`);
        return opened === undefined ? ok(id) : { ok: false as const, error: opened };
      },
      settled: (_id: string, _what: string, signal: AbortSignal) =>
        settled?.(signal) ?? Promise.resolve(undefined),
      close: async () => void calls.push('close'),
    },
    containers: { get: () => container },
    latestMeasured: { get: () => undefined, put: () => {}, recall: async () => {} },
    pin: () => undefined,
    clock,
    comparisonQueue: {
      run: async (id: string, thorough: boolean) => {
        ran.push(`${id} ${thorough}`);
        return fail('cancelled');
      },
    },
  } as unknown as Parameters<typeof compareService>[0] & CompareDependencies;
  const compare = (signal = never, what: { full?: boolean; thorough?: boolean } = {}, id = 'c:80') =>
    compareService(parts, id, what, signal);
  return { compare, calls, ran, clock };
}

const error: AppError = { code: 'ssh_unreachable', params: { host: 'h', port: 22 } };

describe('a comparison of one service', () => {
  it('knows the services of the board only', async () => {
    const { compare, calls } = setup();
    expect(await compare(never, {}, 'c:81')).toMatchObject({ error: { code: 'service_not_found' } });
    expect(calls).toEqual([]);
  });

  it('takes the tunnel that is open, and leaves it', async () => {
    const port = await listenHttp(
      cleanup,
      createServer((_request, response) => response.end('here')),
    );
    const { compare, calls } = setup({ entry: makeEntry({ tunnel: { host: '127.0.0.1', port } }) });
    expect(await compare()).toMatchObject({ ok: true, value: { tunnel: { kind: 'reached' } } });
    expect(calls).toEqual([]);
  });

  it('opens one where none is, asks through it and closes it', async () => {
    const port = await listenHttp(
      cleanup,
      createServer((_request, response) => response.end('here')),
    );
    const settled = async (): Promise<Tunnel> => ({
      state: { kind: 'connected', since: 1 },
      local: { host: '127.0.0.1', port },
    });
    const { compare, calls } = setup({ settled });
    expect(await compare()).toMatchObject({
      value: {
        serviceId: 'c:80',
        public: { kind: 'absent', error: { code: 'public_absent' } },
        tunnel: { kind: 'reached' },
      },
    });
    expect(calls).toEqual(['open c:80', 'close']);
  });

  it.each<[string, TunnelState | undefined, string]>([
    ['failed', { kind: 'failed', error }, 'ssh_unreachable'],
    ['on its way back', { kind: 'reconnecting', attempt: 1, nextAt: 1, error }, 'ssh_unreachable'],
    ['led nowhere', { kind: 'unanswered', since: 1, error: { code: 'target_refused' } }, 'target_refused'],
    ['closed by somebody', { kind: 'closed' }, 'cancelled'],
    ['gone', undefined, 'cancelled'],
    ['still connecting', { kind: 'connecting', since: 1 }, 'ssh_timeout'],
    ['not yet looked at', { kind: 'verifying', since: 1 }, 'ssh_timeout'],
  ])('says why there is no tunnel: %s', async (_what, state, code) => {
    const { compare, calls } = setup({ settled: async () => (state === undefined ? undefined : { state }) });
    expect(await compare()).toMatchObject({
      ok: true,
      value: { tunnel: { kind: 'absent', error: { code } } },
    });
    expect(calls).toEqual(['open c:80', 'close']);
  });

  it.each<[string, Setup, AppError, readonly string[]]>([
    [
      'a container that ended',
      { container: testContainer('c', { status: { kind: 'ended', how: 'cancelled' } }) },
      { code: 'container_not_running', params: { name: 'lab-c' } },
      ['close'],
    ],
    [
      'one that is gone',
      { container: undefined },
      { code: 'container_not_running', params: { name: '' } },
      ['close'],
    ],
    [
      'a tunnel that does not open',
      { opened: { code: 'too_many' as never } },
      { code: 'too_many' as never },
      ['open c:80', 'close'],
    ],
  ])('goes on over the other route for %s', async (_what, how, told, called) => {
    const { compare, calls } = setup(how);
    expect(await compare()).toMatchObject({ ok: true, value: { tunnel: { kind: 'absent', error: told } } });
    expect(calls).toEqual(called);
  });

  it('waits 25 s for a tunnel, and not for ever', async () => {
    const settled = (signal: AbortSignal) =>
      new Promise<Tunnel>((resolve) =>
        signal.addEventListener('abort', () => resolve({ state: { kind: 'connecting', since: 1 } })),
      );
    const { compare, clock, calls } = setup({ settled });
    const compared = compare();
    await until('the wait', () => clock.waiting() === 1);
    clock.pass(25_000);
    expect(await compared).toMatchObject({ value: { tunnel: { error: { code: 'ssh_timeout' } } } });
    expect(calls).toEqual(['open c:80', 'close']);
  });

  it('ends at once when it is cancelled, and closes what it opened', async () => {
    const stop = new AbortController();
    const settled = (signal: AbortSignal) =>
      new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
    const { compare, calls, clock } = setup({ settled });
    const compared = compare(stop.signal);
    await until('the wait', () => clock.waiting() === 1);
    stop.abort();
    expect(await compared).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(calls).toEqual(['open c:80', 'close']);
    expect(clock.waiting()).toBe(0);
  });

  it.each([
    [{ full: true }, ['c:80 false']],
    [{ full: true, thorough: true }, ['c:80 true']],
  ])('measures under work in its turn first, as told by %j', async (what, wanted) => {
    const { compare, ran, calls } = setup();
    expect(await compare(never, what)).toMatchObject({ error: { code: 'cancelled' } });
    expect(ran).toEqual(wanted);
    expect(calls).toEqual([]);
  });
});
