import type { SavedConnection } from '../../../shared/model/connection.ts';
import type { Container } from '../../../shared/model/container.ts';
import type { HostKeyPin } from '../../../shared/model/memory.ts';
import { isHost, isUser } from '../ssh-config/index.ts';

/** A name for `ssh`, and what it stands for now. */
export interface SshAlias {
  readonly alias: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Names the key of the server, which is not bound to the address: that is another one at each start. */
  readonly keyName: string;
  /** The key that is pinned, as `known_hosts` has it. */
  readonly pin?: { readonly algorithm: string; readonly key: string };
  readonly keyFiles: readonly string[];
  /** The alias of its jump host. */
  readonly jump?: string;
  /** It does not run: its container's id. `ssh` asks Gearway, which says so or starts it. */
  readonly stopped?: string;
}

/**
 * The names of what can be reached now: running containers, and connections. Each is stable for as long as its name is; two
 * that come out alike get numbers, in the order of their ids. Pure.
 */
export function aliasesOf(of: {
  readonly containers: readonly Container[];
  readonly connections: readonly SavedConnection[];
  readonly pin: (runId: string) => HostKeyPin | undefined;
  readonly runOf: (connection: SavedConnection) => string;
  /** Path of the login key's file, where there is one. */
  readonly loginKey: string | undefined;
}): readonly SshAlias[] {
  const taken = new Set<string>();
  const byConnection = new Map<string, string>();
  const nameFor = (name: string, id: string): string => {
    const safe = name
      .slice(0, 200)
      .toLowerCase()
      .split(/[^a-z0-9._-]/)
      .filter((part) => /[a-z0-9]/.test(part))
      .join('-')
      .slice(0, 60);
    const base = `gear-${
      safe === ''
        ? id
            .toLowerCase()
            .replace(/[^a-z0-9]+/g, '')
            .slice(0, 12) || 'host'
        : safe
    }`;
    let alias = base;
    for (let n = 2; taken.has(alias); n += 1) alias = `${base}-${n}`;
    taken.add(alias);
    return alias;
  };
  const pinOf = (runId: string) => {
    const found = of.pin(runId);
    return found?.key === undefined ? {} : { pin: { algorithm: found.algorithm, key: found.key } };
  };
  const keyNameOf = (runId: string) => `gearway-${runId.replace(/[^A-Za-z0-9._-]+/g, '-')}`.slice(0, 200);
  const byId = <T extends { readonly id: string }>(list: readonly T[]) =>
    [...list].sort((a, b) => (a.id < b.id ? -1 : 1));

  const containers = byId(of.containers).flatMap(({ id, name, runId, status, ssh }): readonly SshAlias[] => {
    // Its name stays taken while it does not run, so that no other container gets it.
    const alias = nameFor(name, id);
    const keyFilesOfRun = of.loginKey === undefined ? [] : [of.loginKey];
    if (status.kind === 'ended') {
      const user = ssh !== undefined && isUser(ssh.user) ? ssh.user : 'root';
      // The run that it is started into has no key yet that could be pinned.
      const keyName = keyNameOf(`start-${id}`);
      return [{ alias, host: alias, port: 22, user, keyName, keyFiles: keyFilesOfRun, stopped: id }];
    }
    if (status.kind !== 'running' || ssh === undefined || !isHost(ssh.host) || !isUser(ssh.user)) return [];
    const { host, port, user } = ssh;
    const run = runId ?? id;
    return [{ alias, host, port, user, keyName: keyNameOf(run), ...pinOf(run), keyFiles: keyFilesOfRun }];
  });
  const connections = byId(of.connections);
  for (const { id, name } of connections) byConnection.set(id, nameFor(name, id));
  return [
    ...containers,
    ...connections.flatMap((connection): readonly SshAlias[] => {
      const { id, host, port, user, via, keyFiles = [] } = connection;
      const alias = byConnection.get(id);
      if (alias === undefined || !isHost(host) || !isUser(user)) return [];
      const runId = of.runOf(connection);
      const jump = via === undefined ? undefined : byConnection.get(via);
      return [
        {
          ...{ alias, host, port, user, keyName: keyNameOf(runId), ...pinOf(runId), keyFiles },
          ...(jump === undefined ? {} : { jump }),
        },
      ];
    }),
  ];
}

/** Gearway's own file, which the person's includes. Pure. */
export const hostsText = (aliases: readonly SshAlias[], knownHosts: string): string =>
  [
    '# Written by Gearway, anew at every change: what is added here is lost.',
    ...aliases.flatMap(({ alias, host, port, user, keyName, pin, keyFiles, jump, stopped }) => [
      '',
      `Host ${alias}`,
      `  HostName ${host}`,
      `  Port ${port}`,
      `  User ${quoted(user)}`,
      `  HostKeyAlias ${keyName}`,
      `  UserKnownHostsFile ${quoted(knownHosts)}`,
      `  StrictHostKeyChecking ${pin === undefined ? 'accept-new' : 'yes'}`,
      ...keyFiles.filter((file) => !/["\r\n]/.test(file)).map((file) => `  IdentityFile ${quoted(file)}`),
      ...(jump === undefined ? [] : [`  ProxyJump ${jump}`]),
      ...(stopped === undefined ? [] : [`  ProxyCommand gearway ssh-proxy ${alias}`]),
    ]),
    '',
    // What follows the Include in the person's file is for every host again.
    'Host *',
    '',
  ].join('\n');

/** The keys that are pinned, by the names of `HostKeyAlias`. Pure. */
export const knownHostsText = (aliases: readonly SshAlias[]): string =>
  aliases
    .map(({ keyName, pin }) => (pin === undefined ? '' : `${keyName} ${pin.algorithm} ${pin.key}\n`))
    .join('');

export const quoted = (text: string): string =>
  /[\s#\\]/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
