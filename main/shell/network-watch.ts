import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

/** Node has no event for it; reading the list costs some 50 µs. */
const lookEveryMs = 5_000;

/** Calls when the machine's addresses have changed: another Wi-Fi, a cable, a VPN, the network back after a sleep. */
export function watchNetwork(onChange: () => void): () => void {
  let known = networkKey(networkInterfaces());
  const timer = setInterval(() => {
    const now = networkKey(networkInterfaces());
    if (now === known) return;
    known = now;
    onChange();
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * What identifies the network that the machine is in. Loopback and link-local addresses say nothing of it, and of an
 * IPv6 address only the first half does: the second changes by itself every few hours (RFC 8981).
 */
export function networkKey(
  interfaces: Readonly<
    Record<string, readonly Pick<NetworkInterfaceInfo, 'address' | 'family' | 'internal'>[] | undefined>
  >,
): string {
  const addresses = Object.entries(interfaces).flatMap(([name, list]) =>
    (list ?? [])
      .filter(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/i.test(address))
      .map(({ address, family }) => `${name} ${family === 'IPv6' ? prefixOf(address) : address}`),
  );
  return [...new Set(addresses)].sort().join(', ');
}

/** The first 64 bits. */
function prefixOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = head.split(':');
  // `a:b::c` leaves out the zeros in the middle: what is missing before the tail counts as zero.
  if (tail !== undefined) while (groups.length < 4) groups.push('0');
  return groups.slice(0, 4).join(':');
}
