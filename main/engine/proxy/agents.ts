import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { resolveName } from '../base/localhost-names.ts';

/** Connections that are kept for the next request, one pool for each trust. */
export interface Agents {
  for(origin: string, ca: string | undefined, keep: boolean): HttpAgent | HttpsAgent;
  close(): void;
}

export function createAgents(): Agents {
  const pools = new Map<string, HttpAgent | HttpsAgent>();
  return {
    for(origin, ca, keep) {
      const secure = origin.startsWith('https:');
      const name = `${secure} ${keep} ${ca ?? ''}`;
      const known = pools.get(name);
      if (known !== undefined) return known;
      // `lookup` belongs to the connection; agents hand on what they do not know themselves.
      const options = { keepAlive: keep, maxFreeSockets: 64, lookup: resolveName, noDelay: true, ca };
      const made = secure ? new HttpsAgent(options) : new HttpAgent(options);
      pools.set(name, made);
      return made;
    },
    close() {
      for (const pool of pools.values()) pool.destroy();
      pools.clear();
    },
  };
}
