import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../shared/model/connection.ts';
import { isSaidAbove, withPort } from './connection-view.ts';

describe('a forward on another port', () => {
  it.each([
    ['5405:127.0.0.1:5301', '6000:127.0.0.1:5301'],
    ['127.0.0.1:5405:127.0.0.1:5301', '127.0.0.1:6000:127.0.0.1:5301'],
    ['[::1]:5405:[::1]:5301', '[::1]:6000:[::1]:5301'],
    ['0.0.0.0:1080', '0.0.0.0:6000'],
    ['5499', '6000:127.0.0.1:5499'],
    ['5405:/run/x.sock', '6000:/run/x.sock'],
  ])('%s becomes %s', (typed, wanted) => {
    expect(withPort(typed, 6000, 'local')).toBe(wanted);
  });
});

describe('what stops a whole connection', () => {
  const state = { kind: 'failed', error: { code: 'ssh_unreachable' } } as const;
  const connection = { state } as unknown as Connection;

  it('is said once, at the connection, and not at each of its forwards', () => {
    expect(isSaidAbove(connection, { code: 'ssh_unreachable' })).toBe(true);
    expect(isSaidAbove({ ...connection, state: { kind: 'connecting' } }, { code: 'ssh_lost' })).toBe(true);
  });

  it('does not hide what only the forward can say', () => {
    expect(isSaidAbove(connection, { code: 'local_port_busy' })).toBe(false);
    expect(isSaidAbove({ ...connection, state: { kind: 'idle' } }, { code: 'ssh_lost' })).toBe(false);
    expect(
      isSaidAbove({ ...connection, state: { kind: 'connected', since: 1 } }, { code: 'ssh_forward_refused' }),
    ).toBe(false);
  });
});
