import type { Facts, Protocol } from '../../../shared/model/service.ts';

/** Ports where something other than HTTP is the rule (IANA service names, and VNC's first display). */
const tcpPorts: ReadonlySet<number> = new Set([
  21, 22, 23, 25, 1433, 1521, 2049, 3306, 3389, 5432, 5672, 5901, 6379, 9042, 11211, 27017,
]);

/** What a port most likely speaks, before anything answered. */
export const protocolOfPort = (port: number): Protocol => (tcpPorts.has(port) ? 'tcp' : 'unknown');

/** What an answer shows to be spoken; `undefined` when it shows nothing. */
export function protocolOfFacts(facts: Facts | undefined): Protocol | undefined {
  if (facts?.status !== undefined) return 'http';
  if (facts?.greeting !== undefined) return 'tcp';
  return undefined;
}
