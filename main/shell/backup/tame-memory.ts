import type { Memory } from '../../../shared/model/memory.ts';

/**
 * What a file may bring into this computer: places, and nothing that opens them. Forwards and tunnels come closed, what was
 * confirmed elsewhere is not confirmed here, whose keys a file takes for those of its hosts counts nothing, and pages of other
 * sites are let in nowhere. The host keys and the authority of this computer stay. Pure.
 */
export function tameMemory(foreign: Memory, present: Memory): Memory {
  return {
    ...foreign,
    hostKeys: present.hostKeys,
    sshAliases: present.sshAliases,
    // What the system was asked to trust stays known.
    https: { ...present.https, on: foreign.https.on },
    connections: foreign.connections.map((connection) => ({
      ...connection,
      forwards: connection.forwards.map(({ confirmed: _elsewhere, ...forward }) => ({
        ...forward,
        open: false,
      })),
    })),
    tunnels: foreign.tunnels.map((tunnel) => ({ ...tunnel, open: false })),
    local: Object.fromEntries(
      Object.entries(foreign.local).map(([id, { allowsCrossSite: _there, ...rest }]) => [id, rest]),
    ),
  };
}
