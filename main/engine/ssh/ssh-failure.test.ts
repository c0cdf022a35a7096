import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../shared/errors.ts';
import { connectFailure, dialFailure, execFailure, isFinal, isPathFailure } from './ssh-failure.ts';
import type { SshEndpoint } from './types.ts';

const endpoint: SshEndpoint = { host: 'h', port: 22, user: 'root', runId: 'r' };

const agent = { agent: 'connect ENOENT /tmp/agent' };

describe('a connection that failed', () => {
  it.each([
    [{ level: 'client-authentication' }, {}, 'ssh_login_refused'],
    [{ level: 'client-authentication' }, { ...agent, refused: 1 }, 'ssh_login_refused'],
    [{ level: 'client-authentication' }, { ...agent, refused: 0 }, 'ssh_agent_missing'],
    [
      { level: 'handshake', message: 'Handshake failed: no matching C->S cipher' },
      {},
      'ssh_no_common_algorithm',
    ],
    [{ level: 'handshake', message: 'Handshake failed: signature verification failed' }, {}, 'ssh_failed'],
    [{ level: 'client-timeout' }, {}, 'ssh_timeout'],
    [{ level: 'protocol', message: 'Bad packet length' }, { before: '' }, 'ssh_failed'],
    [{ level: 'protocol', message: 'Connection lost before handshake' }, {}, 'ssh_lost'],
    [{ level: 'protocol', message: 'Line too long' }, { before: 'HTTP/1.1 400 Bad' }, 'ssh_not_ssh'],
    [{ level: 'closed' }, {}, 'ssh_lost'],
    [{ level: 'closed' }, { before: 'Exceeded MaxStartups\r\n' }, 'ssh_not_ssh'],
    [{ level: 'closed' }, { before: '', refused: 0 }, 'ssh_lost'],
    [{ level: 'closed' }, { refused: 0, banner: 'System is going down.' }, 'ssh_ended_by_server'],
    [{ level: 'closed' }, { refused: 2 }, 'ssh_login_ended'],
    [{ level: 'client-socket', code: 'ECONNREFUSED' }, {}, 'ssh_unreachable'],
    [{ level: 'client-socket', code: 'ENOTFOUND' }, {}, 'ssh_unreachable'],
    [{ level: 'client-socket', code: 'ETIMEDOUT' }, {}, 'ssh_timeout'],
    [{ level: 'client-socket', code: 'ECONNRESET' }, {}, 'ssh_lost'],
    [{ level: 'client-socket', code: 'EPIPE' }, {}, 'ssh_lost'],
    [{ level: 'client-socket', code: 'EMFILE' }, {}, 'ssh_failed'],
    [{ message: 'anything else' }, {}, 'ssh_failed'],
    [{ code: 2 }, { reason: 2, text: 'Too many authentication failures', refused: 5 }, 'ssh_too_many_tries'],
    [{ code: 2 }, { reason: 2, text: 'Too many authentication failures' }, 'ssh_too_many_tries'],
    [{ code: 14 }, { reason: 14, text: 'Account locked', refused: 0 }, 'ssh_login_ended'],
    [{ code: 12 }, { reason: 12, text: 'Too many connections', refused: 0 }, 'ssh_ended_by_server'],
    [{ level: 'closed' }, { reason: 11, text: 'Back at noon', refused: 1 }, 'ssh_ended_by_server'],
    [{ code: 3 }, { reason: 3, text: '' }, 'ssh_ended_by_server'],
  ])('with %j after %j is %s', (error, words, code) => {
    expect(connectFailure(error, endpoint, words)).toMatchObject({ code, params: { host: 'h', port: 22 } });
  });

  it("says the server's own words, fit to show, and nothing where it had none", () => {
    const words = { reason: 11, text: 'Back at\u001b[31m noon\r\n' };
    expect(connectFailure({}, endpoint, words).params).toMatchObject({ text: 'Back at [31m noon' });
    expect(connectFailure({}, endpoint, { reason: 11, text: '' }).params).toEqual({ host: 'h', port: 22 });
  });

  it('names who was refused, and is told by its code before its message', () => {
    expect(connectFailure({ level: 'client-authentication' }, endpoint).params).toMatchObject({
      user: 'root',
    });
    expect(connectFailure({ code: 'EPIPE', message: 'write EPIPE' }, endpoint).detail).toBe('EPIPE');
    expect(connectFailure({ message: 'x'.repeat(300) }, endpoint).detail).toHaveLength(200);
  });
});

const opening = (text: string) => `(SSH) Channel open failure: ${text}`;

describe('a target that was not reached', () => {
  it.each([
    [{ reason: 1 }, 'target_prohibited'],
    [{ reason: 2 }, 'target_refused'],
    [{ reason: 2, message: opening('Connection refused') }, 'target_refused'],
    [{ reason: 2, message: opening('') }, 'target_refused'],
    [{ reason: 2, message: opening('No route to host') }, 'target_unreachable'],
    [{ reason: 2, message: opening('Name or service not known') }, 'target_unreachable'],
    [{ reason: 2, message: opening('Connection timed out') }, 'target_timeout'],
    [{ reason: 4, message: opening('no more room') }, 'target_unreachable'],
    [{ message: 'Not connected' }, 'ssh_lost'],
  ])('with %j is %s', (error, code) => {
    expect(dialFailure(error, 'a', 1)).toMatchObject({ code, params: { host: 'a', port: 1 } });
  });
});

describe('a command that was not run', () => {
  it.each([
    [
      { reason: 2, message: opening('open failed') },
      { code: 'ssh_session_refused', params: { text: 'open failed' } },
    ],
    [{ reason: 1 }, { code: 'ssh_session_refused' }],
    [{ message: 'Unable to exec' }, { code: 'ssh_session_refused' }],
    [{ message: 'No response from server' }, { code: 'ssh_lost' }],
  ])('with %j is %j', (error, expected) => {
    expect(execFailure(error)).toMatchObject(expected);
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
      'ssh_certificate_expired',
      'ssh_certificate_unreadable',
      'ssh_certificate_without_key',
      'ssh_host_key_changed',
      'ssh_host_key_unknown',
      'ssh_jump_loop',
      'ssh_key_not_in_agent',
      'ssh_key_unreadable',
      'ssh_login_ended',
      'ssh_login_refused',
      'ssh_no_common_algorithm',
      'ssh_passphrase_needed',
      'ssh_passphrase_wrong',
      'ssh_password_needed',
      'ssh_security_key',
      'ssh_too_many_tries',
      'token_missing',
      'token_refused',
    ]);
  });

  it('is one of the path where the server was not reached or went away', () => {
    const codes = errorCodes.filter((code) => isPathFailure({ code }));
    expect(codes.toSorted()).toEqual(['ssh_lost', 'ssh_timeout', 'ssh_unreachable']);
  });
});
