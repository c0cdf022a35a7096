import { describe, expect, it } from 'vitest';
import { type AdviceFacts, adviceOf } from './advice.ts';
import { makeRoute } from './make-route.ts';

const spread = { p50: 1, p95: 1, p99: 1, count: 1 };
const absent = makeRoute(0, { attempts: 0, answered: 0, firstByteMs: undefined });
const stream = (buffered: boolean) =>
  ({ kind: 'measured', chunks: 10, firstMs: 1, lastMs: 900, buffered }) as const;
const moved = (bytesPerSecond: number) => ({ kind: 'measured', bytesPerSecond, bytes: 1, ms: 1 }) as const;

describe('advice from the numbers', () => {
  it.each<[string, Partial<AdviceFacts>, readonly string[]]>([
    [
      'says that both are the same where nobody would notice',
      { public: makeRoute(100), tunnel: makeRoute(90) },
      ['about_the_same', 'public_for_sharing', 'tunnel_keeps_private'],
    ],
    [
      'takes 3 ms against 9 ms as the same although it is three times as much',
      { public: makeRoute(7), tunnel: makeRoute(3) },
      ['about_the_same', 'public_for_sharing', 'tunnel_keeps_private'],
    ],
    [
      'does not call them the same where the table says that one is better',
      { public: makeRoute(100, { up: moved(1e6) }), tunnel: makeRoute(100, { up: moved(5.3e6) }) },
      ['tunnel_uploads_more', 'public_for_sharing', 'tunnel_keeps_private'],
    ],
    [
      'names the quicker one',
      { public: makeRoute(200), tunnel: makeRoute(50) },
      ['tunnel_is_faster', 'public_for_sharing', 'tunnel_keeps_private'],
    ],
    [
      'names the public route where that is quicker',
      { public: makeRoute(40), tunnel: makeRoute(90) },
      ['public_is_faster', 'public_for_sharing', 'tunnel_keeps_private'],
    ],
    ['knows only the tunnel for raw TCP', { public: absent, isTcp: true }, ['tunnel_for_tcp']],
    ['says when nothing works', { public: absent, tunnel: absent }, ['nothing_works']],
    ['says when the tunnel is the only way', { public: absent }, ['tunnel_only']],
    ['says when the public route is the only way', { tunnel: absent }, ['public_only', 'public_for_sharing']],
    [
      'sends streams through the tunnel where the public route gathers',
      { public: makeRoute(10, { stream: stream(true) }), tunnel: makeRoute(10, { stream: stream(false) }) },
      ['tunnel_for_streams', 'about_the_same', 'public_for_sharing', 'tunnel_keeps_private'],
    ],
    [
      'blames nobody where the service itself sends its stream at once',
      { public: makeRoute(10, { stream: stream(true) }), tunnel: makeRoute(10, { stream: stream(true) }) },
      ['about_the_same', 'public_for_sharing', 'tunnel_keeps_private'],
    ],
    [
      'sends sockets, long calls and uploads through the tunnel where the public route has limits',
      {
        public: makeRoute(10, {
          socket: { kind: 'refused', status: 400 },
          long: { kind: 'cut', ms: 60_020, status: 504 },
          body: { kind: 'limited', bytes: 1_040_000 },
        }),
        tunnel: makeRoute(10, {
          socket: { kind: 'measured', ms: spread },
          long: { kind: 'passed', ms: 130_000 },
          body: { kind: 'passed', bytes: 8e6 },
        }),
      },
      [
        'tunnel_for_sockets',
        'tunnel_for_long_calls',
        'tunnel_for_uploads',
        'about_the_same',
        'public_for_sharing',
        'tunnel_keeps_private',
      ],
    ],
    [
      'names the steadier one and the one that moves more',
      {
        public: makeRoute(10, { answered: 7, down: moved(1e6) }),
        tunnel: makeRoute(10, { down: moved(4e6) }),
      },
      ['tunnel_is_steadier', 'tunnel_moves_more', 'public_for_sharing', 'tunnel_keeps_private'],
    ],
  ])('%s', (_name, part, expected) => {
    const facts = { public: makeRoute(10), tunnel: makeRoute(10), isTcp: false, ...part };
    expect(adviceOf(facts).map(({ code }) => code)).toEqual(expected);
  });

  it('names the values that it is drawn from', () => {
    const facts = {
      public: makeRoute(200, {
        long: { kind: 'cut', ms: 60_020 },
        body: { kind: 'limited', bytes: 1_040_000 },
      }),
      tunnel: makeRoute(50, { long: { kind: 'passed', ms: 130_000 }, body: { kind: 'passed', bytes: 8e6 } }),
      isTcp: false,
    };
    expect(Object.fromEntries(adviceOf(facts).map(({ code, params }) => [code, params]))).toMatchObject({
      tunnel_for_long_calls: { seconds: 60 },
      tunnel_for_uploads: { megabytes: 1 },
      tunnel_is_faster: { times: 4 },
    });
  });
});
