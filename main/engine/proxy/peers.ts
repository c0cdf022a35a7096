import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/** Whose program holds the other end of a connection on loopback. */
export type Peer = 'self' | 'other' | 'unknown';

export interface Peers {
  of(socket: Socket): Promise<Peer>;
}

/** More rows than any desktop has. A table that is larger is not read: the answer is `unknown`. */
const mostTableBytes = 16 * 1024 * 1024;

/**
 * By the system's table of connections (Linux, `/proc/net/tcp`): the row of the client's own end holds its user id. Other
 * systems tell it to nobody cheaply: `unknown`.
 */
export const createPeers = (): Peers =>
  process.platform === 'linux' && process.getuid !== undefined ? linuxPeers(process.getuid()) : unknownPeers;

const unknownPeers: Peers = { of: async () => 'unknown' };

/** A machine without the new family has one table. */
const noTable = (error: NodeJS.ErrnoException): string => {
  if (error.code === 'ENOENT') return '';
  throw error;
};

const linuxPeers = (self: number): Peers => ({
  async of({ remoteAddress, remotePort, localPort }) {
    if (remoteAddress === undefined || remotePort === undefined || localPort === undefined) return 'other';
    // A program may reach an address of the old family by a socket of the new one: its row is in that table then.
    const tables = remoteAddress.includes(':') ? ['/proc/net/tcp6'] : ['/proc/net/tcp', '/proc/net/tcp6'];
    try {
      for (const table of tables) {
        const text = await readFile(table, 'latin1').catch(noTable);
        if (text.length > mostTableBytes) return 'unknown';
        const uid = uidOf(text, remotePort, localPort);
        if (uid !== undefined) return uid === self ? 'self' : 'other';
      }
      // The row is gone with the connection: whoever it was waits for no answer.
      return 'other';
    } catch {
      return 'unknown';
    }
  },
});

/**
 * The user id in the row whose local port is `from` and whose remote port is `to`; both ends are on loopback. Lines are
 * `sl local_address rem_address st tx:rx tr:tm retrnsmt uid …`, addresses `0100007F:1E14` (proc_net_tcp in the kernel's
 * documentation).
 */
export function uidOf(table: string, from: number, to: number): number | undefined {
  const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0');
  const [local, remote] = [`:${hex(from)}`, `:${hex(to)}`];
  for (const line of table.split('\n')) {
    const words = line.split(' ').filter((word) => word !== '');
    const [, here = '', there = '', state, , , , uid] = words;
    // 01: established; 08: the client sent its end, and waits for an answer all the same.
    if (here.endsWith(local) && there.endsWith(remote) && (state === '01' || state === '08'))
      return uid !== undefined && /^\d+$/.test(uid) ? Number(uid) : undefined;
  }
  return undefined;
}
