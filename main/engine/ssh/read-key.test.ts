import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, describe, expect, it } from 'vitest';
import { Secret } from '../base/secret.ts';
import { makeKey } from './make-key.ts';
import { readKey } from './read-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'gw-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const word = new Secret('a passphrase');

describe('a private key', () => {
  const plain = makeKey('').text.reveal();
  const locked = ssh2.utils.generateKeyPairSync('ed25519', {
    passphrase: word.reveal(),
    cipher: 'aes256-ctr',
    rounds: 4,
  }).private;

  it('without passphrase is read', () => {
    expect(readKey(new Secret(plain), undefined)).toMatchObject({
      ok: true,
      value: { algorithm: 'ssh-ed25519', fingerprint: expect.stringMatching(/^SHA256:/) },
    });
  });

  it('with a passphrase asks for it, once with the wrong one, and is read with the right one', () => {
    expect(readKey(new Secret(locked), undefined)).toMatchObject({
      error: { code: 'ssh_passphrase_needed' },
    });
    expect(readKey(new Secret(locked), new Secret('x'))).toMatchObject({
      error: { code: 'ssh_passphrase_wrong' },
    });
    expect(readKey(new Secret(locked), word)).toMatchObject({ ok: true });
  });

  it.each([
    ['rsa', 'PEM'],
    ['ecdsa', 'PEM'],
    ['rsa', 'RFC4716'],
  ])(
    'of %s in %s, encrypted, is read',
    (type, format) => {
      const file = join(folder, `${type}-${format}`);
      const size = type === 'rsa' ? '2048' : '256';
      execFileSync('ssh-keygen', [
        '-q',
        '-t',
        type,
        '-b',
        size,
        '-m',
        format,
        '-N',
        word.reveal(),
        '-f',
        file,
      ]);
      const text = new Secret(readFileSync(file, 'utf8'));
      expect(readKey(text, undefined)).toMatchObject({ error: { code: 'ssh_passphrase_needed' } });
      expect(readKey(text, word)).toMatchObject({ ok: true });
    },
    30_000,
  );

  it.each([
    ['PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n', 'puttygen KEY.ppk -O private-openssh -o KEY'],
    [
      '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n',
      'ssh-keygen -p -f KEY',
    ],
    ['hello', 'ssh-keygen -p -f KEY'],
    ['x'.repeat(100_000), undefined],
    ['', 'ssh-keygen -p -f KEY'],
  ])('in another format names the command that converts it: %#', (text, command) => {
    const read = readKey(new Secret(text), undefined);
    expect(read).toMatchObject({ ok: false, error: { code: 'ssh_key_unreadable' } });
    expect(!read.ok && read.error.params?.command).toBe(command);
  });

  it('that is a public one is refused', () => {
    const { public: line } = ssh2.utils.generateKeyPairSync('ed25519');
    expect(readKey(new Secret(line), undefined)).toMatchObject({ error: { code: 'ssh_key_unreadable' } });
  });
});
