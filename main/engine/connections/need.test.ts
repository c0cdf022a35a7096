import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../shared/result.ts';
import { needOf } from './need.ts';

const connection = { host: 'lab', port: 22, login: 'password' } as const;
const own = { host: 'lab', port: 22 };
const keys = { expected: 'SHA256:a', got: 'SHA256:b' };

describe('what a person has to say before a connection can stand', () => {
  it.each<readonly [AppError, ReturnType<typeof needOf>]>([
    [
      { code: 'ssh_host_key_unknown', params: { ...own, fingerprint: 'SHA256:a', algorithm: 'ssh-ed25519' } },
      { kind: 'hostKey', fingerprint: 'SHA256:a', algorithm: 'ssh-ed25519' },
    ],
    [
      { code: 'ssh_host_key_changed', params: { ...own, ...keys } },
      { kind: 'changedKey', ...keys },
    ],
    [
      { code: 'ssh_password_needed', params: own },
      { kind: 'password', refused: false },
    ],
    [
      { code: 'ssh_login_refused', params: own },
      { kind: 'password', refused: true },
    ],
    [
      { code: 'ssh_passphrase_needed', params: { ...own, file: '~/k' } },
      { kind: 'passphrase', refused: false, file: '~/k' },
    ],
    [
      { code: 'ssh_passphrase_wrong', params: { ...own, file: '~/k' } },
      { kind: 'passphrase', refused: true, file: '~/k' },
    ],
    [{ code: 'ssh_unreachable', params: own }, undefined],
  ])('after %j is %j', (error, need) => {
    expect(needOf(connection, error)).toEqual(need);
  });

  it.each([
    'ssh_host_key_unknown',
    'ssh_host_key_changed',
    'ssh_password_needed',
    'ssh_login_refused',
    'ssh_passphrase_needed',
    'ssh_passphrase_wrong',
  ] as const)('is nothing after %s of a jump host, which has a connection of its own', (code) => {
    expect(needOf(connection, { code, params: { ...keys, host: 'gate', port: 22 } })).toBeUndefined();
    expect(needOf(connection, { code, params: { ...keys, host: 'lab', port: 2222 } })).toBeUndefined();
  });

  it('is no password where a key was refused', () => {
    expect(
      needOf({ ...connection, login: 'key' }, { code: 'ssh_login_refused', params: own }),
    ).toBeUndefined();
  });
});
