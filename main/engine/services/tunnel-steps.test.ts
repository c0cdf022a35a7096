import { describe, expect, it } from 'vitest';
import type { Facts, Step } from '../../../shared/model/service.ts';
import { withTunnelSteps } from './tunnel-steps.ts';

const ok = (name: Step['name']): Step => ({ name, kind: 'ok', ms: 1 });
const failed = (name: Step['name']): Step => ({
  name,
  kind: 'failed',
  ms: 1,
  error: { code: 'connection_lost' },
});
const refused = { kind: 'unanswered', since: 0, error: { code: 'target_refused' } } as const;
const connected = { kind: 'connected', since: 0 } as const;

describe('the steps of a probe through a tunnel', () => {
  it.each<[string, readonly Step[], Parameters<typeof withTunnelSteps>[1], readonly string[]]>([
    [
      'name link and channel between the listener and the first byte',
      [ok('tcp'), ok('firstByte'), ok('http')],
      { state: connected, transport: { linkMs: 30, channelMs: 40 } },
      ['tcp ok 1', 'ssh ok 30', 'channel ok 40', 'firstByte ok 1', 'http ok 1'],
    ],
    [
      'say that the container refused the channel, and not merely that something was lost',
      [ok('tcp'), failed('firstByte')],
      { state: refused, transport: { linkMs: 30, channelMs: 40 } },
      ['tcp ok 1', 'ssh ok 30', 'channel target_refused'],
    ],
    [
      'stay as they are where nothing is known of the link',
      [ok('tcp'), failed('firstByte')],
      { state: connected },
      ['tcp ok 1', 'firstByte connection_lost'],
    ],
    [
      'leave out a channel that was never opened',
      [ok('tcp')],
      { transport: { linkMs: 3 } },
      ['tcp ok 1', 'ssh ok 3'],
    ],
  ])('%s', (_name, steps, tunnel, expected) => {
    const facts: Facts = { at: 0, totalMs: 2, steps };
    expect(
      withTunnelSteps(facts, tunnel).steps.map((step) =>
        step.kind === 'failed'
          ? `${step.name} ${step.error.code}`
          : `${step.name} ${step.kind} ${'ms' in step ? step.ms : ''}`,
      ),
    ).toEqual(expected);
  });
});
