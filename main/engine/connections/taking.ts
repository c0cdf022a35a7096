import type { ConfiguredHost, SavedConnection, SavedForward } from '../../../shared/model/connection.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import {
  createBreath,
  type KnownJumps,
  type OwnConfig,
  readCommand,
  resolvePlace,
  type SshHost,
  type WrittenForward,
} from '../ssh-config/index.ts';
import { bindOf } from './saved-forward.ts';
import type { Connections } from './types.ts';

/** More than a person's configuration names. */
const mostHosts = 20_000;

/** Makes connections of what was written for OpenSSH: a pasted command, the person's configuration. */
export function createTaking(parts: {
  readonly all: () => readonly SavedConnection[];
  /** Adds connections, all at once. */
  readonly add: (connections: readonly SavedConnection[]) => void;
  readonly config: OwnConfig;
  readonly newId: () => string;
}) {
  const { all, add, config, newId } = parts;

  const withIds = (read: readonly WrittenForward[]): SavedForward[] =>
    read.slice(0, 100).map((forward) => ({ ...forward, bind: bindOf(forward), id: newId(), open: false }));

  /** The connection to a place, after those to its jump hosts, where they are not known already. */
  function connectionsFor(place: SshHost, name: string, known: KnownPlaces) {
    const made: SavedConnection[] = [];
    const viaOf = (jump: SshHost | undefined): string | undefined => {
      if (jump === undefined) return undefined;
      const via = viaOf(jump.via);
      const there = known.find({ ...jump, via });
      if (there !== undefined) return there;
      const fresh = connectionOf(jump, { id: newId(), name: jump.alias, via, forwards: [] });
      made.push(fresh);
      known.add(fresh);
      return fresh.id;
    };
    const via = viaOf(place.via);
    const own = connectionOf(place, { id: newId(), name, via, forwards: withIds(place.forwards) });
    known.add(own);
    return { id: own.id, made: [...made, own] };
  }

  /** As ssh(1) does it: a name stands for what the configuration says of it, and what the command says goes before that. */
  async function takeCommand(typed: string): Promise<Result<string>> {
    const command = readCommand(typed);
    if (!command.ok) return command;
    // Only a port that was typed tells this connection from another to the same name.
    const port = command.value.options.port ?? 22;
    const place = resolvePlace(command.value, await config.read(command.value.configFile), config.around);
    if (!place.ok) return place;
    const { alias } = place.value;
    const { id, made } = connectionsFor(place.value, freeName(alias, port), knownPlaces(all()));
    add(made);
    return ok(id);
  }

  /** All containers of a platform share one host: only the port tells their connections apart. */
  function freeName(host: string, port: number): string {
    const names = new Set(all().map(({ name }) => name));
    const withPort = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    const plain = (port === 22 ? host : withPort).slice(0, 90);
    let name = plain;
    for (let n = 2; names.has(name); n += 1) name = `${plain} (${n})`;
    return name;
  }

  const requests: Pick<Connections, 'importable' | 'importHosts'> = {
    async importable() {
      if (await config.isUnreadable()) return unreadable;
      const configs = await config.read();
      const names = new Set(all().map(({ name }) => name));
      const breathe = createBreath();
      const jumps: KnownJumps = new Map();
      const hosts: ConfiguredHost[] = [];
      for (const alias of (configs[0]?.names ?? []).slice(0, mostHosts)) {
        await breathe();
        const place = resolvePlace({ alias }, configs, config.around, jumps);
        const known = names.has(alias);
        if (!place.ok)
          hosts.push({ alias, host: alias, port: 22, user: '', known, problem: place.error, notTaken: 0 });
        else {
          const { host, port, user, notTaken } = place.value;
          hosts.push({ alias, host, port, user, known, notTaken: notTaken.length });
        }
      }
      return ok({ hosts });
    },
    async importHosts(aliases) {
      if (await config.isUnreadable()) return unreadable;
      const configs = await config.read();
      const there = new Set(configs[0]?.names ?? []);
      const names = new Set(all().map(({ name }) => name));
      const breathe = createBreath();
      const jumps: KnownJumps = new Map();
      const made: SavedConnection[] = [];
      const known = knownPlaces(all());
      let count = 0;
      for (const alias of new Set(aliases)) {
        await breathe();
        const place =
          there.has(alias) && !names.has(alias)
            ? resolvePlace({ alias }, configs, config.around, jumps)
            : undefined;
        if (place?.ok !== true) continue;
        made.push(...connectionsFor(place.value, alias.slice(0, 100), known).made);
        count += 1;
      }
      add(made);
      return ok({ count });
    },
  };
  return { takeCommand, ...requests };
}

type Place = Pick<SavedConnection, 'host' | 'port' | 'user' | 'via'>;

/** Ids of connections by where they lead: thousands of hosts are not each compared with all others. */
interface KnownPlaces {
  find(place: Place): string | undefined;
  add(connection: SavedConnection): void;
}

function knownPlaces(connections: readonly SavedConnection[]): KnownPlaces {
  const ids = new Map<string, string>();
  const keyOf = ({ host, port, user, via }: Place) => JSON.stringify([host, port, user, via ?? null]);
  const add = (connection: SavedConnection) => {
    const key = keyOf(connection);
    // The first one that leads there stays.
    if (!ids.has(key)) ids.set(key, connection.id);
  };
  for (const connection of connections) add(connection);
  return { find: (place) => ids.get(keyOf(place)), add };
}

const unreadable = fail('ssh_config_unreadable', { params: { file: '~/.ssh/config' } });

function connectionOf(
  place: SshHost,
  own: Pick<SavedConnection, 'id' | 'name' | 'via' | 'forwards'>,
): SavedConnection {
  const { host, port, user, keyFiles, certificateFiles, identitiesOnly, agent, hostKeyAlias } = place;
  const { knownHosts, notTaken } = place;
  const { via, ...rest } = own;
  return {
    ...rest,
    host,
    port,
    user,
    login: 'auto',
    ...(keyFiles === undefined ? {} : { keyFiles: [...keyFiles] }),
    ...(certificateFiles.length === 0 ? {} : { certificateFiles: [...certificateFiles] }),
    ...(identitiesOnly ? { identitiesOnly } : {}),
    ...(agent === undefined ? {} : { agent }),
    ...(hostKeyAlias === undefined ? {} : { hostKeyAlias: hostKeyAlias.slice(0, 253) }),
    ...(knownHosts === undefined ? {} : { knownHosts: knownHosts.slice(0, 20) }),
    ...(via === undefined ? {} : { via }),
    ...(notTaken.length === 0 ? {} : { notTaken: notTaken.slice(0, 30).map((each) => ({ ...each })) }),
  };
}
