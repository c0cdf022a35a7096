import type { SavedConnection, SavedForward } from '../../../shared/model/connection.ts';
import { ok } from '../../../shared/result.ts';
import { readJumps } from './read-command.ts';
import { type ConfigFiles, type ConfigHost, readConfig } from './read-config.ts';
import { isHost, type ReadForward } from './read-forward.ts';
import type { Connections } from './types.ts';

/** Makes connections of what was written for OpenSSH: a pasted command, the person's configuration. */
export function createTaking(parts: {
  readonly all: () => readonly SavedConnection[];
  readonly put: (connection: SavedConnection) => void;
  readonly files: ConfigFiles;
  readonly agent: () => string | undefined;
  readonly userName: string;
  readonly newId: () => string;
}) {
  const { all, put, files, newId } = parts;

  /** The connection that leads to a jump host: one that is known, or a new one. */
  function viaOf(
    jumps: readonly { readonly host: string; readonly port: number; readonly user: string }[],
    login: Pick<SavedConnection, 'login' | 'keyFile'>,
  ): string | undefined {
    let via: string | undefined;
    for (const { host, port, user } of jumps) {
      const before = all().find(
        (known) => known.host === host && known.port === port && known.user === user && known.via === via,
      );
      const id = before?.id ?? newId();
      if (before === undefined) put({ id, name: host, host, port, user, ...login, via, forwards: [] });
      via = id;
    }
    return via;
  }

  const withIds = (read: readonly ReadForward[]): SavedForward[] =>
    read.map((forward) => ({ ...forward, id: newId(), open: false }));
  const loginOf = (keyFile: string | undefined): Pick<SavedConnection, 'login' | 'keyFile'> =>
    keyFile !== undefined
      ? { login: 'key', keyFile }
      : { login: parts.agent() === undefined ? 'password' : 'agent' };

  const configured = () => readConfig(`${files.home}/.ssh/config`, files, parts.userName);

  function takeHost(host: ConfigHost, hosts: readonly ConfigHost[]) {
    const login = loginOf(host.keyFile);
    const named = (host.jump ?? '')
      .split(',')
      .map((name) => hosts.find(({ alias }) => alias === name) ?? name);
    const jumps = named.flatMap((jump) => {
      if (typeof jump !== 'string') return [jump];
      const read = jump === '' ? undefined : readJumps(jump);
      return read?.ok === true ? read.value : [];
    });
    const via = viaOf(jumps, login);
    const { alias: name, port, user } = host;
    const forwards = withIds(host.forwards);
    put({ id: newId(), name, host: host.host, port, user, ...login, via, forwards });
  }

  const requests: Pick<Connections, 'importable' | 'importHosts'> = {
    async importable() {
      const hosts = await configured();
      if (!hosts.ok) return hosts;
      const names = new Set(all().map(({ name }) => name));
      return ok({
        hosts: hosts.value.map(({ alias, host, port, user }) => ({
          alias,
          host,
          port,
          user,
          known: names.has(alias),
        })),
      });
    },
    async importHosts(aliases) {
      const hosts = await configured();
      if (!hosts.ok) return hosts;
      const names = new Set(all().map(({ name }) => name));
      const wanted = hosts.value.filter(
        ({ alias, host, port }) =>
          aliases.includes(alias) && !names.has(alias) && isHost(host) && port >= 1 && port <= 65_535,
      );
      for (const host of wanted) takeHost(host, hosts.value);
      return ok({ count: wanted.length });
    },
  };
  return { viaOf, loginOf, withIds, ...requests };
}
