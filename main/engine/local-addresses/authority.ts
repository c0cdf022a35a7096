import { createPrivateKey, createPublicKey, randomBytes, webcrypto } from 'node:crypto';
import { Secret } from '../base/secret.ts';

/** An authority for names under localhost and loopback addresses, and nothing else. */
export interface Authority {
  /** PEM; public. */
  readonly certificate: string;
  /** PEM; signs, so it never leaves the engine and the keychain. */
  readonly key: Secret;
}

interface Issued {
  readonly key: string;
  readonly cert: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 86_400_000;
/** macOS and iOS trust no server certificate that lives longer (support.apple.com/102028). */
const leafDays = 397;
const authorityDays = 3_650;

/**
 * RFC 5280 §4.2.1.10, permitted: DNS `localhost` with everything under it, 127.0.0.0/8 and ::1. Whoever steals the key can
 * sign for no other name: a program that honours the constraint refuses it.
 */
const nameConstraints = Buffer.from(
  [
    '303fa03d',
    `300b8209${Buffer.from('localhost').toString('hex')}`,
    '300a8708' + '7f000000ff000000',
    `30228720${'00'.repeat(15)}01${'ff'.repeat(16)}`,
  ].join(''),
  'hex',
);
const nameConstraintsOid = '2.5.29.30';

/** Loaded when HTTPS is wished for the first time: most people never do. */
const x509 = () => import('@peculiar/x509');

/** Makes an authority with a fresh key. `now`: milliseconds since the epoch. */
export async function makeAuthority(now: number): Promise<Authority> {
  const lib = await x509();
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const mark = randomBytes(3).toString('hex');
  const made = await lib.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serial(),
      // The mark tells two authorities apart in a list of the system's, after the first was thrown away.
      name: `CN=Gearway local addresses ${mark}, O=Gearway`,
      notBefore: new Date(now - dayMs),
      notAfter: new Date(now + authorityDays * dayMs),
      keys,
      signingAlgorithm: algorithm,
      extensions: [
        new lib.BasicConstraintsExtension(true, 0, true),
        new lib.KeyUsagesExtension(lib.KeyUsageFlags.keyCertSign, true),
        new lib.Extension(nameConstraintsOid, true, nameConstraints),
        await lib.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto as Crypto),
      ],
    },
    webcrypto as Crypto,
  );
  return { certificate: made.toString('pem'), key: new Secret(await pemOf(keys.privateKey)) };
}

/** Issues a certificate for one local name; for `localhost` it covers the loopback addresses too. */
export async function issue(authority: Authority, name: string, now: number): Promise<Issued> {
  const lib = await x509();
  const signer = await webcrypto.subtle.importKey(
    'pkcs8',
    Buffer.from(authority.key.reveal().replace(/-----[^-]+-----|\s/g, ''), 'base64'),
    algorithm,
    false,
    ['sign'],
  );
  const issuer = new lib.X509Certificate(authority.certificate);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const addresses = name === 'localhost' ? (['127.0.0.1', '::1'] as const) : [];
  const made = await lib.X509CertificateGenerator.create(
    {
      serialNumber: serial(),
      subject: `CN=${name}`,
      issuer: issuer.subject,
      notBefore: new Date(now - dayMs),
      notAfter: new Date(now + leafDays * dayMs - dayMs),
      publicKey: keys.publicKey,
      signingKey: signer,
      signingAlgorithm: algorithm,
      extensions: [
        new lib.BasicConstraintsExtension(false, undefined, true),
        new lib.KeyUsagesExtension(lib.KeyUsageFlags.digitalSignature, true),
        new lib.ExtendedKeyUsageExtension([lib.ExtendedKeyUsage.serverAuth]),
        new lib.SubjectAlternativeNameExtension([
          { type: 'dns', value: name },
          ...addresses.map((value) => ({ type: 'ip' as const, value })),
        ]),
        await lib.AuthorityKeyIdentifierExtension.create(issuer.publicKey, false, webcrypto as Crypto),
      ],
    },
    webcrypto as Crypto,
  );
  return {
    key: await pemOf(keys.privateKey),
    cert: `${made.toString('pem')}\n${authority.certificate}`,
  };
}

/**
 * When the certificate of an authority of ours ends, milliseconds since the epoch; `undefined` for what is none, for one
 * that another key signed, and for one that may sign for more than local names: a file from elsewhere can hold such a one.
 */
export async function endOf({ certificate, key }: Authority): Promise<number | undefined> {
  const lib = await x509();
  try {
    const read = new lib.X509Certificate(certificate);
    const constraints = read.getExtension(nameConstraintsOid);
    if (constraints?.critical !== true || !Buffer.from(constraints.value).equals(nameConstraints))
      return undefined;
    const ours = createPublicKey(createPrivateKey(key.reveal())).export({ type: 'spki', format: 'der' });
    return ours.equals(Buffer.from(read.publicKey.rawData)) ? read.notAfter.getTime() : undefined;
  } catch {
    return undefined;
  }
}

/** Sixteen bytes, positive (RFC 5280 §4.1.2.2). */
const serial = (): string => `4${randomBytes(16).toString('hex').slice(1)}`;

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const text = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${text.replace(/(.{64})/g, '$1\n').trimEnd()}\n-----END PRIVATE KEY-----\n`;
}
