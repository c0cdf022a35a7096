import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../shared/errors.ts';
import { connectFailure, dialFailure, isFinal, isPathFailure } from './ssh-failure.ts';
import type { SshEndpoint } from './types.ts';

const endpoint: SshEndpoint = { host: 'h', port: 22, user: 'root', runId: 'r' };

describe('a connection that failed', () => {
  it.each([
    [{ level: 'client-authentication' }, 'ssh_login_refused'],
    [{ level: 'handshake' }, 'ssh_no_common_algorithm'],
    [{ level: 'client-timeout' }, 'ssh_timeout'],
    [{ level: 'protocol' }, 'ssh_lost'],
    [{ level: 'client-socket', code: 'ECONNREFUSED' }, 'ssh_unreachable'],
    [{ level: 'client-socket', code: 'ETIMEDOUT' }, 'ssh_timeout'],
    [{ level: 'client-socket', code: 'ECONNRESET' }, 'ssh_lost'],
    [{ level: 'client-socket', code: 'EPIPE' }, 'ssh_lost'],
    [{ message: 'anything else' }, 'ssh_unreachable'],
  ])('with %j is %s', (error, code) => {
    expect(connectFailure(error, endpoint)).toMatchObject({ code, params: { host: 'h', port: 22 } });
  });

  it('names who was refused, and is told by its code before its message', () => {
    expect(connectFailure({ level: 'client-authentication' }, endpoint).params).toMatchObject({
      user: 'root',
    });
    expect(connectFailure({ code: 'EPIPE', message: 'write EPIPE' }, endpoint).detail).toBe('EPIPE');
    expect(connectFailure({ message: 'x'.repeat(300) }, endpoint).detail).toHaveLength(200);
  });
});

describe('a target that was not reached', () => {
  it.each([
    [{ reason: 1 }, 'target_prohibited'],
    [{ reason: 2 }, 'target_refused'],
    [{ reason: 4 }, 'target_refused'],
    [{ message: 'Not connected' }, 'ssh_lost'],
  ])('with %j is %s', (error, code) => {
    expect(dialFailure(error, 'a', 1)).toMatchObject({ code, params: { host: 'a', port: 1 } });
  });
});

describe('a failure', () => {
  it('is final where trying again cannot help, and only there', () => {
    const codes = errorCodes.filter((code) => isFinal({ code }));
    expect(codes.toSorted()).toEqual([
      'connection_not_found',
      'container_not_found',
      'not_signed_in',
      'ssh_agent_missing',
      'ssh_host_key_changed',
      'ssh_host_key_unknown',
      'ssh_jump_loop',
      'ssh_key_unreadable',
      'ssh_login_refused',
      'ssh_no_common_algorithm',
      'ssh_passphrase_needed',
      'ssh_passphrase_wrong',
      'ssh_password_needed',
      'token_missing',
      'token_refused',
    ]);
  });

  it('is one of the path where the server was not reached or went away', () => {
    const codes = errorCodes.filter((code) => isPathFailure({ code }));
    expect(codes.toSorted()).toEqual(['ssh_lost', 'ssh_timeout', 'ssh_unreachable']);
  });
});
