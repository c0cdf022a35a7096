import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../shared/result.ts';
import { actionHappening } from './action-happening.ts';
import { makeService, stateWith } from './test-services.ts';

const engine = stateWith(makeService('web'));

describe('a request in the list of what happened', () => {
  it('is told with the name of its subject', () => {
    expect(actionHappening('tunnels.open', { serviceId: 'c:web' }, ok(null), engine)).toEqual({
      code: 'action_done',
      action: 'tunnels.open',
      subject: { kind: 'service', id: 'c:web', name: 'web' },
    });
    expect(
      actionHappening('tunnels.open', { serviceId: 'c:gone' }, fail('service_not_found'), engine),
    ).toEqual({
      code: 'action_failed',
      action: 'tunnels.open',
      error: { code: 'service_not_found' },
    });
  });

  it('never tells what was typed', () => {
    const told = actionHappening(
      'session.signIn',
      { instance: 'hyperai', token: 'very-secret' },
      fail('token_refused'),
      engine,
    );
    expect(JSON.stringify(told)).not.toContain('very-secret');
  });

  it.each([
    ['services.address', ok(null)],
    ['state.get', ok(null)],
    ['services.compare', fail('cancelled')],
  ] as const)('leaves out %s', (name, result) => {
    expect(actionHappening(name, {}, result, engine)).toBeUndefined();
  });
});
