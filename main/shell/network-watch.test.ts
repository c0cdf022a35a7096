import { describe, expect, it } from 'vitest';
import { networkKey } from './network-watch.ts';

const v4 = (address: string) => ({ address, family: 'IPv4' as const, internal: false });
const v6 = (address: string) => ({ address, family: 'IPv6' as const, internal: false });
const home = networkKey({ wlan0: [v4('192.168.1.7'), v6('2001:db8:1:2:aaaa::1')] });

describe('the network that the machine is in', () => {
  it.each([
    ['the same list in another order', { wlan0: [v6('2001:db8:1:2:aaaa::1'), v4('192.168.1.7')] }, true],
    ['a new temporary IPv6 address', { wlan0: [v4('192.168.1.7'), v6('2001:db8:1:2:bbbb:1:2:3')] }, true],
    [
      'loopback and link-local addresses',
      {
        lo: [{ ...v4('127.0.0.1'), internal: true }],
        wlan0: [v4('192.168.1.7'), v6('2001:db8:1:2:aaaa::1'), v6('fe80::1')],
        usb0: [v4('169.254.3.4')],
        gone: undefined,
      },
      true,
    ],
    ['another address', { wlan0: [v4('10.0.0.7'), v6('2001:db8:1:2:aaaa::1')] }, false],
    ['another IPv6 network', { wlan0: [v4('192.168.1.7'), v6('2001:db8:1:3:aaaa::1')] }, false],
    ['a cable', { eth0: [v4('192.168.1.7')], wlan0: [v4('192.168.1.7')] }, false],
    ['nothing', {}, false],
  ])('after %s', (_name, interfaces, same) => {
    expect(networkKey(interfaces) === home).toBe(same);
  });

  it('reads a shortened prefix', () => {
    expect(networkKey({ a: [v6('2001:db8::1')] })).toBe(networkKey({ a: [v6('2001:db8::2')] }));
  });
});
