import type { SavedConnection, SavedForward } from '../../../shared/model/connection.ts';
import { ok } from '../../../shared/result.ts';
import { type ReadCommand, readJumps } from './read-command.ts';
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

  /**
   * As ssh(1) does it: a name of the configuration stands for what is written there, and what the command says goes
   * before that. Without a configuration, the command is all there is.
   */
  async function takeCommand(command: ReadCommand): Promise<string> {
    const hosts = await configured();
    const known = hosts.ok ? hosts.value.find(({ alias }) => alias === command.host) : undefined;
    if (hosts.ok && known !== undefined && isUsable(known) && command.jumps.length === 0) {
      const { port, user, says, keyFile = known.keyFile } = command;
      const alias = freeName(command.host, port);
      const said = { ...(says.port ? { port } : {}), ...(says.user ? { user } : {}) };
      const forwards = [...known.forwards, ...command.forwards];
      return takeHost({ ...known, ...said, alias, keyFile, forwards }, hosts.value);
    }
    const { host, port, user, keyFile, jumps } = command;
    const login = loginOf(keyFile);
    const id = newId();
    const via = viaOf(jumps, login);
    const forwards = withIds(command.forwards);
    put({ id, name: freeName(host, port), host, port, user, ...login, via, forwards });
    return id;
  }

  /** All containers of a platform share one host: only the port tells their connections apart. */
  function freeName(host: string, port: number): string {
    const names = new Set(all().map(({ name }) => name));
    const withPort = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    let name = port === 22 ? host : withPort;
    for (let n = 2; names.has(name); n += 1) name = `${port === 22 ? host : withPort} (${n})`;
    return name;
  }

  function takeHost(host: ConfigHost, hosts: readonly ConfigHost[]): string {
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
    const id = newId();
    put({ id, name, host: host.host, port, user, ...login, via, forwards });
    return id;
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
        (host) => aliases.includes(host.alias) && !names.has(host.alias) && isUsable(host),
      );
      for (const host of wanted) takeHost(host, hosts.value);
      return ok({ count: wanted.length });
    },
  };
  return { takeCommand, ...requests };
}

const isUsable = ({ host, port }: ConfigHost): boolean => isHost(host) && port >= 1 && port <= 65_535;
