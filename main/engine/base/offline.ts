import { networkInterfaces } from 'node:os';

/** Has this machine no address but its own loopback? Then no question can reach anything outside. */
export function isOffline(interfaces: typeof networkInterfaces = networkInterfaces): boolean {
  return !Object.values(interfaces()).some((addresses) =>
    addresses?.some(
      ({ internal, address, scopeid }) => !internal && !(scopeid && address.startsWith('fe80:')),
    ),
  );
}
