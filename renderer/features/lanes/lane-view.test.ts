import { describe, expect, it } from 'vitest';
import type { Service, TunnelState } from '../../../shared/model/service.ts';
import { down, makeFacts, makeService, up } from '../../testing/make.ts';
import { wordsIn } from '../../words/use-words.ts';
import { publicLane, tunnelLane } from './lane-view.ts';

const words = wordsIn('en');
const health = (state: Service['health']['public']) =>
  publicLane(makeService({ health: { public: state, tunnel: { state: 'absent' } } }), words);

describe('the public lane', () => {
  it.each([
    ['tcp', 'no public route (TCP)'],
    ['reserved', 'reserved port'],
    ['unmapped', 'not mapped'],
  ] as const)('is idle and says why for a port that is %s', (kind, text) => {
    expect(publicLane(makeService({ exposure: { kind } }), words)).toEqual({
      mark: 'idle',
      text,
      recentMs: [],
    });
  });

  it('waits for the restart or the start of its container', () => {
    const url = 'https://demo-web.gear.example';
    expect(publicLane(makeService({ exposure: { kind: 'pending', url } }), words).text).toBe(
      'after the restart',
    );
    expect(publicLane(makeService({ exposure: { kind: 'waiting', url } }), words).text).toBe('when it runs');
  });

  it('shows the time to the first byte while it works', () => {
    expect(health(up)).toMatchObject({
      mark: 'up',
      text: '12 ms',
      recentMs: [12, 13, 11],
      verifiedAt: 1_000,
    });
  });

  it('shows the status that came in place of an answer', () => {
    expect(health(down)).toMatchObject({ mark: 'down', text: '502', error: { code: 'public_bad_gateway' } });
  });

  it('says that it is down where nothing answered at all', () => {
    expect(health({ ...down, facts: makeFacts() } as typeof down)).toMatchObject({
      mark: 'down',
      text: 'down',
    });
  });

  it('is in doubt after one failure', () => {
    const doubt = { ...down, state: 'degraded', verifiedAt: 500 } as Service['health']['public'];
    expect(health(doubt)).toMatchObject({ mark: 'warn', text: 'in doubt', verifiedAt: 500 });
  });

  it('is unknown before it was asked', () => {
    expect(health({ state: 'unknown' })).toMatchObject({ mark: 'idle', text: 'unknown' });
  });
});

describe('the tunnel lane', () => {
  const lane = (state: TunnelState, tunnel: Service['health']['tunnel'] = { state: 'unknown' }) =>
    tunnelLane(
      makeService({ tunnel: { state }, health: { public: { state: 'unknown' }, tunnel } }),
      words,
      10_000,
    );

  it.each([
    [{ kind: 'closed' }, 'idle', 'closed'],
    [{ kind: 'connecting', since: 1 }, 'working', 'connecting…'],
    [{ kind: 'verifying', since: 1 }, 'working', 'verifying…'],
    [{ kind: 'connected', since: 1 }, 'up', 'open, not asked'],
    [{ kind: 'connected', since: 1, listensAt: 2 }, 'up', 'listens'],
    [{ kind: 'connected', since: 1, acceptedAt: 2 }, 'up', 'takes clients'],
    [{ kind: 'connected', since: 1, listensAt: 2, acceptedAt: 3 }, 'up', 'listens, takes clients'],
    [{ kind: 'connected', since: 1, listensAt: 2, verifiedAt: 3 }, 'up', 'connected'],
    [{ kind: 'unanswered', since: 1, error: { code: 'target_refused' } }, 'down', 'no answer'],
    [{ kind: 'failed', error: { code: 'ssh_login_refused' } }, 'down', 'failed'],
  ] as const)('shows %o as %s: %s', (state, mark, text) => {
    expect(lane(state)).toMatchObject({ mark, text });
  });

  it('counts down to the next try, and says when it is under way', () => {
    const error = { code: 'ssh_lost' } as const;
    expect(lane({ kind: 'reconnecting', attempt: 2, nextAt: 17_400, error }).text).toBe('next try in 8 s');
    expect(lane({ kind: 'reconnecting', attempt: 2, nextAt: 9_000, error }).text).toBe('trying now…');
  });

  it('was verified when the last byte came, by a probe or by traffic', () => {
    expect(lane({ kind: 'connected', since: 1, verifiedAt: 4_000 }, up).verifiedAt).toBe(4_000);
    expect(lane({ kind: 'connected', since: 1, verifiedAt: 400 }, up).verifiedAt).toBe(1_000);
  });
});
