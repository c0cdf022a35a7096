import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../shared/result.ts';
import { backoffMs } from './backoff.ts';
import { nextTunnelLife, type TunnelEvent, unopened } from './tunnel-life.ts';

const refused: AppError = { code: 'target_refused' };
const gone: AppError = { code: 'ssh_lost' };
const opened: TunnelEvent = { kind: 'opened', at: 0 };
const linked: TunnelEvent = { kind: 'linked', at: 1 };
const answered = (at: number): TunnelEvent => ({ kind: 'answered', at });
const lost = (at: number, error = gone): TunnelEvent => ({ kind: 'lost', at, error, delayMs: 500 });
const follow = (...events: readonly TunnelEvent[]) => events.reduce(nextTunnelLife, unopened);

describe("a tunnel's life", () => {
  it.each<[string, readonly TunnelEvent[], object]>([
    ['connects when it is opened', [opened], { kind: 'connecting', since: 0 }],
    ['verifies once there is a link', [opened, linked], { kind: 'verifying', since: 1 }],
    [
      'is connected only when a byte came back',
      [opened, linked, answered(5)],
      { kind: 'connected', since: 5, verifiedAt: 5 },
    ],
    [
      'is connected but unverified behind a service that waits to be spoken to',
      [opened, linked, { kind: 'accepted', at: 4 }],
      { kind: 'connected', since: 4 },
    ],
    [
      'says that the far service does not answer although the link stands',
      [opened, linked, { kind: 'unanswered', at: 3, error: refused }],
      { kind: 'unanswered', since: 3, error: refused },
    ],
    [
      'notices that the service came back',
      [opened, linked, { kind: 'unanswered', at: 3, error: refused }, answered(9)],
      { kind: 'connected', verifiedAt: 9 },
    ],
    [
      'keeps the age of its connection while bytes flow',
      [opened, linked, answered(5), answered(70)],
      { since: 5, verifiedAt: 70 },
    ],
    [
      'counts down after a loss',
      [opened, linked, answered(5), lost(10)],
      { kind: 'reconnecting', attempt: 1, nextAt: 510 },
    ],
    ['counts its tries', [opened, lost(10), lost(20), lost(30)], { attempt: 3, nextAt: 530 }],
    [
      'tries now when asked to',
      [opened, lost(10), { kind: 'trying', at: 11 }],
      { kind: 'reconnecting', nextAt: 11 },
    ],
    [
      'begins to count anew after a stable minute',
      [opened, lost(1), lost(2), linked, answered(10), lost(60_010)],
      { attempt: 1 },
    ],
    [
      'goes on counting when it was not stable',
      [opened, lost(1), lost(2), linked, answered(10), lost(60_009)],
      { attempt: 3 },
    ],
    [
      'stops for good after a refused login',
      [opened, lost(1, { code: 'ssh_login_refused' }), answered(5), lost(6)],
      { kind: 'failed' },
    ],
    [
      'stops for good after a changed host key',
      [opened, linked, answered(2), lost(3, { code: 'ssh_host_key_changed' }), lost(4)],
      { kind: 'failed', error: { code: 'ssh_host_key_changed' } },
    ],
    [
      'tries again after a failure when a person says so',
      [opened, lost(1, { code: 'ssh_login_refused' }), { kind: 'trying', at: 9 }],
      { kind: 'connecting', since: 9 },
    ],
    [
      'is closed by a person, whatever comes late',
      [opened, linked, { kind: 'closed' }, answered(9), lost(10)],
      { kind: 'closed' },
    ],
  ])('%s', (_name, events, state) => {
    expect(follow(...events).state).toMatchObject(state);
  });
});

describe('the pause before the next try', () => {
  it.each([
    [1, 0, 500],
    [1, 1, 1_000],
    [3, 1, 4_000],
    [9, 1, 30_000],
    [500, 1, 30_000],
    [500, 0, 500],
  ])('at try %i with luck %i is %i ms', (attempt, luck, ms) => {
    expect(backoffMs(attempt, () => luck)).toBe(ms);
  });
});
