import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findKnownKeys } from './known-hosts.ts';

const key = Buffer.alloc(51, 7).toString('base64');
const other = Buffer.alloc(51, 8).toString('base64');
const hashed = (name: string) => {
  const salt = Buffer.alloc(20, 1);
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
};

describe('the key of a host', () => {
  it.each<[string, string, number]>([
    [`h,10.0.0.1 ssh-ed25519 ${key}`, 'H', 22],
    [`[h]:2222 ssh-ed25519 ${key} comment`, 'h', 2222],
    [`${hashed('[h]:2222')} ssh-ed25519 ${key}`, 'h', 2222],
    [`h ssh-rsa ${other}\nh ssh-ed25519 ${key}\n`, 'h', 22],
    [`h ssh-ed25519 ${other}\n@revoked h ssh-ed25519 ${other}\nh ssh-ed25519 ${key}`, 'h', 22],
  ])('is found in %s', (text, host, port) => {
    expect(findKnownKeys(text, { host, port })[0]).toEqual({
      algorithm: 'ssh-ed25519',
      fingerprint: findKnownKeys(`x ssh-ed25519 ${key}`, { host: 'x', port: 22 })[0]?.fingerprint,
    });
  });

  it.each<[string, string]>([
    ['of another port', `[h]:23 ssh-ed25519 ${key}`],
    ['that is revoked', `@revoked h ssh-ed25519 ${key}`],
    ['that is revoked elsewhere in the file', `h ssh-ed25519 ${key}\n@revoked * ssh-ed25519 ${key}`],
    ['of an authority', `@cert-authority h ssh-ed25519 ${key}`],
    ['of a pattern', `* ssh-ed25519 ${key}`],
    ['of an unknown type', `h ssh-dss ${key}`],
    ['that is no key', 'h ssh-ed25519 AAAA'],
    ['behind a comment sign', `# h ssh-ed25519 ${key}`],
    ['with half a hash', `|1|x h ssh-ed25519 ${key}`],
  ])('%s is passed over', (_name, text) => {
    expect(findKnownKeys(text, { host: 'h', port: 22 })).toEqual([]);
  });
});
