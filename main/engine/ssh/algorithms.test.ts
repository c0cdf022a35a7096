import { getCiphers } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { algorithms, usableCiphers } from './algorithms.ts';

describe('what is offered to a server', () => {
  it('has no cipher that the crypto library lacks', () => {
    expect(usableCiphers(['aes-128-gcm', 'aes-256-ctr'])).toEqual(['aes128-gcm@openssh.com', 'aes256-ctr']);
    expect(usableCiphers(getCiphers())[0]).toBe('aes128-gcm@openssh.com');
  });

  it('has Diffie-Hellman groups only for a host that is marked as old, and last', () => {
    expect(algorithms(undefined).kex).not.toContainEqual(expect.stringContaining('diffie-hellman'));
    const old = algorithms(undefined, true).kex as readonly string[];
    expect(old[0]).toBe('curve25519-sha256');
    expect(old.at(-1)).toContain('diffie-hellman');
  });

  it('asks first for the type of key that is known', () => {
    expect((algorithms('ssh-rsa').serverHostKey as readonly string[]).slice(0, 3)).toEqual([
      'rsa-sha2-512',
      'rsa-sha2-256',
      'ssh-rsa',
    ]);
  });
});
