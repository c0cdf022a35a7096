import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createServiceLookup } from './service-names.ts';

const names: Readonly<Record<string, readonly string[]>> = {
  'app.example': ['203.0.113.5'],
  'turned.example': ['127.0.0.1'],
  'metadata.example': ['169.254.169.254'],
  'router.example': ['192.168.1.1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'both.example': ['10.0.0.1', '203.0.113.6'],
  'corp.example': ['10.1.2.3'],
  'localhost.example': ['127.0.0.1'],
  'web.localhost': ['127.0.0.1'],
};
const resolve: LookupFunction = (host, options, callback) => {
  const all: LookupAddress[] = (names[host] ?? []).map((address) => ({
    address,
    family: address.includes(':') ? 6 : 4,
  }));
  const [first] = all;
  if (first === undefined) callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []);
  else if (options.all === true) callback(null, all);
  else callback(null, first.address, first.family);
};

const ask = (host: string, platform: string | undefined, all: boolean) =>
  new Promise<unknown>((done) => {
    createServiceLookup(resolve, () => platform)(host, { all }, (error, address) =>
      done(error?.code ?? (typeof address === 'string' ? address : address.map((one) => one.address).join())),
    );
  });

describe('the name of a service', () => {
  it.each([
    ['that is public leads there', 'app.example', 'api.example', '203.0.113.5'],
    ['that leads to this computer is refused', 'turned.example', 'app.example', 'ENAMEINSIDE'],
    ['that leads to the machine’s metadata is refused', 'metadata.example', 'app.example', 'ENAMEINSIDE'],
    ['that leads to the network at home is refused', 'router.example', 'app.example', 'ENAMEINSIDE'],
    ['that hides loopback in IPv6 is refused', 'mapped.example', 'app.example', 'ENAMEINSIDE'],
    ['is refused while nobody is signed in', 'router.example', undefined, 'ENAMEINSIDE'],
    ['that is private too leads to its public address only', 'both.example', 'app.example', '203.0.113.6'],
    ['leads into the network in which its platform is', 'router.example', 'corp.example', '192.168.1.1'],
    ['leads into a network for a platform given by address', 'router.example', '10.0.0.9', '192.168.1.1'],
    ['does not leave that network for this computer', 'turned.example', 'corp.example', 'ENAMEINSIDE'],
    [
      'leads to this computer for a platform that is here',
      'turned.example',
      'localhost.example',
      '127.0.0.1',
    ],
    ['of this computer is left to whoever read it', 'web.localhost', 'app.example', '127.0.0.1'],
    ['that nobody knows stays unknown', 'nowhere.example', 'app.example', 'ENOTFOUND'],
  ])('%s', async (_, host, platform, answer) => {
    expect(await ask(host, platform, true)).toBe(answer);
    expect(await ask(host, platform, false)).toBe(answer);
  });
});
