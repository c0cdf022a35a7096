import { describe, expect, it } from 'vitest';
import { type EngineState, initialEngineState } from '../../../shared/contract/state.ts';
import type { Container } from '../../../shared/model/container.ts';
import type { LaunchState } from '../../../shared/model/launch.ts';
import type { TunnelState } from '../../../shared/model/service.ts';
import { testAccount } from '../../../shared/model/test-account.ts';
import { fail } from '../../../shared/result.ts';
import { makeService, stateWith } from '../testing/services.ts';
import { happeningsBetween } from './happenings.ts';

const codes = (before: EngineState, after: EngineState) =>
  happeningsBetween(before, after).map(({ code }) => code);
const lost = fail('ssh_lost').error;
const passphrase = fail('ssh_passphrase_needed').error;

describe('what happened to a service', () => {
  it.each([
    ['up', 'down', ['service_down']],
    ['up', 'degraded', ['service_degraded']],
    ['degraded', 'down', ['service_down']],
    ['down', 'up', ['service_up']],
    ['degraded', 'up', ['service_up']],
    ['unknown', 'up', []],
    ['unknown', 'down', ['service_down']],
    ['down', 'absent', []],
    ['up', 'up', []],
  ] as const)('from %s to %s', (was, is, expected) => {
    expect(
      codes(stateWith(makeService('web', { public: was })), stateWith(makeService('web', { public: is }))),
    ).toEqual(expected);
  });

  it('is no news while another route still works', () => {
    const before = stateWith(makeService('web', { public: 'up', via: 'up' }));
    expect(codes(before, stateWith(makeService('web', { public: 'down', via: 'up' })))).toEqual([]);
  });

  it('is told with its name and why', () => {
    const [happening] = happeningsBetween(
      stateWith(makeService('web')),
      stateWith(makeService('web', { public: 'down' })),
    );
    expect(happening).toEqual({
      code: 'service_down',
      subject: { kind: 'service', id: 'c:web', name: 'web' },
      error: { code: 'public_bad_gateway' },
    });
  });

  it('is no news when it is seen for the first time, unless it is broken', () => {
    expect(codes(initialEngineState, stateWith(makeService('web')))).toEqual([]);
    expect(codes(initialEngineState, stateWith(makeService('web', { public: 'down' })))).toEqual([
      'service_down',
    ]);
    expect(codes(stateWith(makeService('web')), initialEngineState)).toEqual([]);
  });
});

describe('what happened to a tunnel', () => {
  it.each([
    [{ kind: 'connecting', since: 0 }, { kind: 'verifying', since: 0 }, []],
    [{ kind: 'verifying', since: 0 }, { kind: 'connected', since: 0, verifiedAt: 1 }, ['tunnel_connected']],
    [{ kind: 'connected', since: 0 }, { kind: 'connected', since: 0, verifiedAt: 9 }, []],
    [
      { kind: 'connected', since: 0 },
      { kind: 'reconnecting', attempt: 1, nextAt: 1, error: lost },
      ['tunnel_reconnecting'],
    ],
    [
      { kind: 'reconnecting', attempt: 1, nextAt: 1, error: lost },
      { kind: 'reconnecting', attempt: 2, nextAt: 2, error: lost },
      [],
    ],
    [{ kind: 'connecting', since: 0 }, { kind: 'failed', error: lost }, ['tunnel_failed']],
    [{ kind: 'connecting', since: 0 }, { kind: 'failed', error: passphrase }, ['tunnel_asks']],
    [{ kind: 'connected', since: 0 }, { kind: 'closed' }, ['tunnel_closed']],
  ] as const)('%j to %j', (was, is, expected) => {
    expect(
      codes(
        stateWith(makeService('web', { tunnelState: was })),
        stateWith(makeService('web', { tunnelState: is })),
      ),
    ).toEqual(expected);
  });
});

describe('what happened to a local address', () => {
  const at = (route: 'public' | 'tunnel' | undefined) =>
    stateWith(
      makeService('web', {
        local: { url: 'http://web.localhost:7700', choice: 'auto', route, reason: 'public_down' },
      }),
    );
  it('tells where it goes now, and that it goes nowhere', () => {
    expect(happeningsBetween(at('public'), at('tunnel'))).toMatchObject([
      { code: 'route_changed', route: 'tunnel', reason: 'public_down' },
    ]);
    expect(codes(at('tunnel'), at(undefined))).toEqual(['route_lost']);
    expect(codes(at('tunnel'), at('tunnel'))).toEqual([]);
  });

  it('is no news as long as nothing was asked', () => {
    const guessed = stateWith(
      makeService('web', {
        local: { url: 'http://web.localhost:7700', choice: 'auto', route: 'public', reason: 'not_asked_yet' },
      }),
    );
    expect(codes(at(undefined), guessed)).toEqual([]);
  });
});

describe('what happened to a forward', () => {
  const at = (state: TunnelState): EngineState => ({
    ...initialEngineState,
    connections: {
      lab: {
        id: 'lab',
        name: 'lab',
        host: 'lab.example',
        port: 22,
        user: 'root',
        login: 'agent',
        command: 'ssh root@lab.example',
        state: { kind: 'idle' },
        forwards: [
          {
            id: 'db',
            direction: 'local',
            bind: '127.0.0.1',
            port: 5405,
            host: '127.0.0.1',
            hostPort: 5432,
            open: true,
            tunnel: { state },
          },
        ],
      },
    },
  });
  it('is told by where it leads', () => {
    const drops = { kind: 'reconnecting', attempt: 1, nextAt: 9, error: lost } as const;
    expect(happeningsBetween(at({ kind: 'connected', since: 1 }), at(drops))).toEqual([
      {
        code: 'tunnel_reconnecting',
        error: lost,
        subject: { kind: 'connection', id: 'lab', name: '127.0.0.1:5432 (lab)' },
      },
    ]);
    expect(codes(at(drops), at({ kind: 'connected', since: 1 }))).toEqual(['tunnel_connected']);
    expect(codes(initialEngineState, at({ kind: 'closed' }))).toEqual([]);
  });
});

describe('what happened to a started service', () => {
  const at = (state: LaunchState): EngineState => ({
    ...initialEngineState,
    launches: {
      'c/one': {
        id: 'c/one',
        containerId: 'c',
        launchId: 'one',
        name: 'vLLM',
        recipe: 'vllm',
        values: {},
        preview: 'vllm serve m',
        createdAt: 1,
        logBytes: 0,
        state,
      },
    },
  });
  const runs = at({ kind: 'running', since: 1, pids: [7] });
  const ended = (code: number) => at({ kind: 'ended', code, at: 2, lastLines: [] });
  it('is told where it failed by itself, and nothing of an end in order, by hand or long ago', () => {
    expect(happeningsBetween(runs, ended(1))).toEqual([
      { code: 'launch_failed', subject: { kind: 'launch', id: 'c/one', name: 'vLLM' } },
    ]);
    expect(codes(runs, ended(0))).toEqual([]);
    expect(codes(runs, at({ kind: 'stopped', at: 2 }))).toEqual([]);
    expect(codes(initialEngineState, ended(1))).toEqual([]);
  });
});

describe('what happened around services', () => {
  const open = (reach: 'answered' | 'failed'): EngineState => ({
    ...initialEngineState,
    session: {
      kind: 'open',
      account: testAccount,
      reach: reach === 'answered' ? { kind: 'answered', at: 1 } : { kind: 'failed', at: 1, error: lost },
    },
  });
  it('tells of the account and of the platform', () => {
    expect(codes(initialEngineState, open('answered'))).toEqual(['account_opened']);
    expect(codes(open('answered'), open('failed'))).toEqual(['platform_silent']);
    expect(codes(open('failed'), open('answered'))).toEqual(['platform_answers']);
    expect(codes(open('failed'), initialEngineState)).toEqual(['account_closed']);
  });

  it('tells of the proxy and of containers', () => {
    expect(
      happeningsBetween(initialEngineState, {
        ...initialEngineState,
        proxy: { kind: 'listening', port: 7700 },
      }),
    ).toEqual([{ code: 'proxy_listening', port: 7700 }]);
    const container = (status: Container['status']): EngineState => ({
      ...initialEngineState,
      containers: { c: { id: 'c', name: 'vision-lab', status } as Container },
    });
    const running = container({ kind: 'running' });
    expect(codes(initialEngineState, running)).toEqual([]);
    expect(codes(container({ kind: 'pending', raw: 'QUEUED' }), running)).toEqual(['container_running']);
    expect(codes(running, container({ kind: 'ended', how: 'failed' }))).toEqual(['container_failed']);
    expect(codes(running, container({ kind: 'ended', how: 'cancelled' }))).toEqual(['container_ended']);

    const troubled = (code: 'container_stop_timeout' | 'forbidden', name = 'vision-lab'): EngineState => ({
      ...initialEngineState,
      containers: {
        c: { id: 'c', name, status: { kind: 'running' }, problem: fail(code).error } as Container,
      },
    });
    const stuck = troubled('container_stop_timeout');
    expect(codes(running, stuck)).toEqual(['container_problem']);
    // The same problem is told once, whatever else changes.
    expect(codes(stuck, troubled('container_stop_timeout', 'other'))).toEqual([]);
    expect(codes(stuck, troubled('forbidden'))).toEqual(['container_problem']);
  });
});
