import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { hostRun } from '../base/memory.ts';
import { type Connections, createConnections, idOf, ownAgent, ownSshFiles } from '../connections/index.ts';
import type { Containers } from '../containers/index.ts';
import {
  createSsh,
  createTunnels,
  createWantedTunnels,
  type Ssh,
  type Tunnels,
  type WantedTunnels,
} from '../ssh/index.ts';
import type { Ground } from './ground.ts';

export interface SshSide {
  readonly ssh: Ssh;
  readonly tunnels: Tunnels;
  /** Machines that belong to no platform. */
  readonly connections: Connections;
  /** Tunnels that a person asked for, over restarts. */
  readonly wanted: WantedTunnels;
}

/** SSH to containers and to the person's own machines, and what passes through it. */
export function createSshSide(
  { options, memory, published, dirty }: Ground,
  containers: () => Containers,
): SshSide {
  const { clock, random, log } = options;
  const userName = userInfo().username;
  const ssh = createSsh({
    endpoint: (key, signal) =>
      idOf(key) === undefined ? containers().sshEndpoint(key, signal) : connections.endpoint(key, signal),
    onLink: (key, link) => connections.noteLink(key, link),
    onRefused: (key, error) => connections.noteRefused(key, error),
    hostKeys: { pin: memory.pin, remember: memory.remember },
    readyMs: options.sshReadyMs,
    clock,
    random,
    log,
  });
  const tunnels = createTunnels({
    ssh,
    clock,
    random,
    onChange(id) {
      if (id.startsWith('forward ')) connections.dirty();
      else dirty();
    },
  });
  const connections = createConnections({
    memory,
    secrets: options.secrets,
    ssh: () => ssh,
    tunnels: () => tunnels,
    files: options.sshFiles ?? ownSshFiles(),
    agent: () => options.sshAgent ?? ownAgent(userName),
    userName,
    runOf: hostRun,
    clock,
    newId: randomUUID,
    log,
    publish: (list) => published.replace('connections', list),
  });
  return { ssh, tunnels, connections, wanted: createWantedTunnels({ memory, tunnels, log }) };
}
