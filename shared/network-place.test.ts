import { describe, expect, it } from 'vitest';
import { mayName, placeOf } from './network-place.ts';

describe('where a host is', () => {
  it.each([
    ['web.example', 'public'],
    ['demo-web.gear-c1.openbayes.net', 'public'],
    ['8.8.8.8', 'public'],
    ['[2606:4700::1111]', 'public'],
    ['172.15.0.1', 'public'],
    ['172.32.0.1', 'public'],
    ['100.63.0.1', 'public'],
    ['127.0.0.1', 'loopback'],
    ['127.9.9.9', 'loopback'],
    ['0.0.0.0', 'loopback'],
    ['localhost', 'loopback'],
    ['localhost.', 'loopback'],
    ['a.b.LOCALHOST', 'loopback'],
    ['localhost.localdomain', 'loopback'],
    ['[::1]', 'loopback'],
    ['::1', 'loopback'],
    ['[::]', 'loopback'],
    ['[::ffff:127.0.0.1]', 'loopback'],
    ['[::ffff:7f00:1]', 'loopback'],
    ['[::127.0.0.1]', 'loopback'],
    ['[64:ff9b::7f00:1]', 'loopback'],
    ['[2002:7f00:1::]', 'loopback'],
    ['0x7f.1', 'loopback'],
    ['2130706433', 'loopback'],
    ['0177.0.0.1', 'loopback'],
    ['', 'loopback'],
    ['[nonsense]', 'loopback'],
    ['169.254.169.254', 'link-local'],
    ['[fe80::1]', 'link-local'],
    ['[fe80::1%25eth0]', 'link-local'],
    ['[::ffff:169.254.169.254]', 'link-local'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['224.0.0.1', 'private'],
    ['255.255.255.255', 'private'],
    ['[fd00::1]', 'private'],
    ['[ff02::1]', 'private'],
    ['[64:ff9b::a00:1]', 'private'],
    ['router', 'private'],
    ['printer.local', 'private'],
    ['metadata.google.internal', 'private'],
  ])('%s is %s', (host, place) => {
    expect(placeOf(host)).toBe(place);
  });

  it.each([
    ['openbayes.com', 'web.example', true],
    ['openbayes.com', '127.0.0.1', false],
    ['openbayes.com', '10.0.0.1', false],
    ['10.0.0.9', '10.0.0.1', true],
    ['10.0.0.9', '127.0.0.1', false],
    ['10.0.0.9', '169.254.169.254', false],
    ['127.0.0.1', 'demo.gear.localhost', true],
    ['127.0.0.1', '10.0.0.1', false],
  ])('one at %s that names %s is believed: %s', (from, host, believed) => {
    expect(mayName(from, host)).toBe(believed);
  });
});
