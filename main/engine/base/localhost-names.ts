import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** `localhost` and every name under it (RFC 6761 §6.3). */
const isLocalhostName = (host: string): boolean => /(?:^|\.)localhost\.?$/i.test(host);

const bothFamilies = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/**
 * Resolves a name; those under `localhost` always mean this machine, which not every system's resolver knows: both its
 * addresses, because a service may listen on one of them only. Fits wherever Node takes a `lookup`.
 */
export const resolveName: LookupFunction = (host, options, callback) => {
  if (!isLocalhostName(host)) {
    lookup(host, options, callback);
    return;
  }
  // Never at once: whoever connects listens for `lookup` only after `connect` has returned.
  process.nextTick(() => {
    if (options.all === true) callback(null, bothFamilies);
    else callback(null, '127.0.0.1', 4);
  });
};
