import { describe, expect, it } from 'vitest';
import { readCertificate } from './certificate.ts';
import { wholeSignature } from './foreign-key.ts';
import { wireNumber, wirePart } from './wire-strings.ts';

const long = (value: bigint) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
};
const forever = 2n ** 64n - 1n;

function made(
  type: string,
  parts: readonly string[],
  how: { readonly kind?: number; readonly until?: bigint } = {},
) {
  return Buffer.concat([
    ...[type, 'drawn', ...parts].map(wirePart),
    long(7n),
    wireNumber(how.kind ?? 1),
    wirePart('a person'),
    wirePart(wirePart('root')),
    long(1_000n),
    long(how.until ?? forever),
    ...['', '', '', 'authority', 'signature'].map(wirePart),
  ]);
}

describe('a certificate', () => {
  it.each([
    ['ssh-ed25519-cert-v01@openssh.com', 'ssh-ed25519', ['key']],
    ['ssh-rsa-cert-v01@openssh.com', 'ssh-rsa', ['e', 'n']],
    ['ecdsa-sha2-nistp521-cert-v01@openssh.com', 'ecdsa-sha2-nistp521', ['nistp521', 'point']],
    ['sk-ssh-ed25519-cert-v01@openssh.com', 'sk-ssh-ed25519@openssh.com', ['key', 'ssh:']],
    [
      'sk-ecdsa-sha2-nistp256-cert-v01@openssh.com',
      'sk-ecdsa-sha2-nistp256@openssh.com',
      ['nistp256', 'point', 'ssh:'],
    ],
  ])('of type %s speaks of a key of type %s', (type, plain, parts) => {
    expect(readCertificate(made(type, parts))).toMatchObject({
      key: Buffer.concat([plain, ...parts].map(wirePart)),
      isForUsers: true,
      from: 1_000_000,
      until: Infinity,
    });
  });

  it('of a host, or with an end, says so', () => {
    const type = 'ssh-ed25519-cert-v01@openssh.com';
    expect(readCertificate(made(type, ['key'], { kind: 2, until: 2_000n }))).toMatchObject({
      isForUsers: false,
      until: 2_000_000,
    });
  });

  it('is none where it is cut, is a plain key, or has a type that nobody knows', () => {
    const whole = made('ssh-ed25519-cert-v01@openssh.com', ['key']);
    const end = whole.length - wirePart('authority').length - wirePart('signature').length - 12;
    for (let length = 0; length < end; length += 1)
      expect(readCertificate(whole.subarray(0, length)), String(length)).toBeUndefined();
    expect(readCertificate(Buffer.concat(['ssh-ed25519', 'key'].map(wirePart)))).toBeUndefined();
    for (const type of ['odd-cert-v01@openssh.com', '-cert-v01@openssh.com', 'toString-cert-v01@openssh.com'])
      expect(readCertificate(made(type, ['key']))).toBeUndefined();
  });
});

describe('the signature of a certificate', () => {
  it('has its type before it, and numbers of elliptic curves as SSH writes them', () => {
    const der = Buffer.from([0x30, 0x07, 0x02, 0x02, 0x00, 0x81, 0x02, 0x01, 0x05]);
    expect(wholeSignature('ecdsa-sha2-nistp256', der)).toEqual(
      Buffer.concat([
        wirePart('ecdsa-sha2-nistp256'),
        wirePart(Buffer.concat([wirePart(Buffer.from([0, 0x81])), wirePart(Buffer.from([5]))])),
      ]),
    );
    expect(wholeSignature('ssh-rsa', Buffer.from('s'))).toEqual(
      Buffer.concat([wirePart('rsa-sha2-512'), wirePart('s')]),
    );
  });
});
