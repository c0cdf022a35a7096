import { describe, expect, it } from 'vitest';
import type { Connection, ConnectionNeed, Forward } from '../../../shared/model/connection.ts';
import type { TunnelState } from '../../../shared/model/service.ts';
import { countAfterRestart } from './after-restart.ts';

const failed = (
  code: 'ssh_password_needed' | 'ssh_passphrase_needed' | 'ssh_host_key_changed' | 'ssh_unreachable',
): TunnelState => ({
  kind: 'failed',
  error: { code },
});
const connected: TunnelState = { kind: 'connected', since: 1 };
const connecting: TunnelState = { kind: 'connecting', since: 1 };

const connection = (
  states: readonly TunnelState[],
  need?: ConnectionNeed,
): Pick<Connection, 'need' | 'forwards'> => ({
  forwards: states.map((state) => ({ tunnel: { state } }) as Forward),
  ...(need === undefined ? {} : { need }),
});
const none = { open: 0, coming: 0, waiting: 0, broken: 0 };

describe('after the engine was restarted, a tunnel', () => {
  it.each<[string, TunnelState, Partial<typeof none>]>([
    ['that stands is open', connected, { open: 1 }],
    ['that is on its way is coming', connecting, { coming: 1 }],
    [
      'that tries again is coming',
      { kind: 'reconnecting', attempt: 1, nextAt: 2, error: { code: 'ssh_unreachable' } },
      { coming: 1 },
    ],
    ['whose password went with the engine waits', failed('ssh_password_needed'), { waiting: 1 }],
    ['whose passphrase went with the engine waits', failed('ssh_passphrase_needed'), { waiting: 1 }],
    ['whose server shows another key waits', failed('ssh_host_key_changed'), { waiting: 1 }],
    ['that failed otherwise is broken', failed('ssh_unreachable'), { broken: 1 }],
    [
      'whose program does not answer is broken',
      { kind: 'unanswered', since: 1, error: { code: 'ssh_unreachable' } },
      { broken: 1 },
    ],
    ['that is closed is not counted', { kind: 'closed' }, {}],
  ])('%s', (_what, state, expected) => {
    expect(countAfterRestart([{ tunnel: { state } }], [])).toEqual({ ...none, ...expected });
    expect(countAfterRestart([], [connection([state])])).toEqual({ ...none, ...expected });
  });

  it('of a connection that asks waits with it, but for what stands', () => {
    const asking = connection([connected, connecting, failed('ssh_unreachable')], {
      kind: 'password',
      refused: false,
    });
    expect(countAfterRestart([], [asking])).toEqual({ ...none, open: 1, waiting: 2 });
  });

  it('is never said to be back where five wait for a password', () => {
    const five = Array.from({ length: 5 }, () => failed('ssh_password_needed'));
    expect(countAfterRestart([], [connection(five)])).toEqual({ ...none, waiting: 5 });
  });
});
