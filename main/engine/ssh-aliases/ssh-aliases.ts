import { randomUUID } from 'node:crypto';
import { chmod, chown, mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SshAliases as Shown, SshEndpoint } from '../../../shared/model/ssh-aliases.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Secret } from '../base/secret.ts';
import { hostsText, knownHostsText, quoted, type SshAlias } from './alias-file.ts';
import { hasLine, withLine, withoutLine } from './include-line.ts';

/** Names by which `ssh` and all that use it reach containers and connections, kept up to date on wish. */
export interface SshAliases {
  /** What would be written, and what is. `ssh_config_unreadable` {file}. */
  show(): Promise<Result<Shown>>;
  /** Adds the line to the person's file, and writes ours. `ssh_config_unreadable`, `ssh_config_read_only` {file}. */
  install(): Promise<Result<Shown>>;
  remove(): Promise<Result<Shown>>;
  /**
   * Where a name leads now. `container_not_running` {name, containerId} where it leads nowhere until that is started,
   * `ssh_alias_unknown` {alias}.
   */
  endpoint(alias: string): Result<SshEndpoint>;
  /** Something that a name stands for changed. */
  refresh(): Promise<void>;
}

const mostConfigBytes = 16 * 1024 * 1024;

export function createSshAliases(options: {
  /** The home folder of the person. */
  readonly home: string;
  /** A folder of Gearway's own. */
  readonly folder: string;
  readonly isOn: () => boolean;
  readonly setOn: (on: boolean) => void;
  readonly aliases: (loginKey: string | undefined) => readonly SshAlias[];
  readonly loginKey: () => Promise<Secret | undefined>;
}): SshAliases {
  const own = join(options.folder, 'ssh').replaceAll('\\', '/');
  const files = { hosts: `${own}/config`, known: `${own}/known_hosts`, key: `${own}/login_key` };
  const config = `${options.home}/.ssh/config`;
  const line = `Include ${quoted(files.hosts)}`;
  let written = '';
  /** One change at a time. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work);
    turn = next.catch(() => undefined);
    return next;
  };

  const current = async () => {
    const key = await options.loginKey();
    const aliases = options.aliases(key === undefined ? undefined : files.key);
    return { key, aliases, hosts: hostsText(aliases, files.known), known: knownHostsText(aliases) };
  };
  async function writeOwn() {
    const { key, hosts, known } = await current();
    const all = `${hosts}\0${known}\0${key?.reveal() ?? ''}`;
    if (all === written) return;
    await mkdir(own, { recursive: true, mode: 0o700 });
    if (key !== undefined) await replace(files.key, Buffer.from(key.reveal()), 0o600);
    await replace(files.known, Buffer.from(known), 0o600);
    await replace(files.hosts, Buffer.from(hosts), 0o600);
    written = all;
  }
  const shown = async (installed: boolean): Promise<Result<Shown>> => {
    const { aliases, hosts, key } = await current();
    return ok({
      installed,
      config,
      line,
      file: files.hosts,
      text: hosts,
      aliases: aliases.map(({ alias, host, port, user, stopped }) => ({
        alias,
        place: stopped === undefined ? `${user}@${host}:${port}` : '',
      })),
      ...(key === undefined ? {} : { keyFile: files.key }),
    });
  };

  return {
    show: () =>
      inTurn(async () => {
        const read = await readConfig(config);
        return read.ok ? shown(hasLine(read.value.bytes, line)) : read;
      }),
    install: () =>
      inTurn(async () => {
        const read = await readConfig(config);
        if (!read.ok) return read;
        if (!read.value.isWritable) return readOnly(config);
        await writeOwn();
        const kept = await keepConfig(read.value, withLine(read.value.bytes, line));
        if (!kept.ok) return kept;
        options.setOn(true);
        return shown(true);
      }),
    remove: () =>
      inTurn(async () => {
        const read = await readConfig(config);
        if (!read.ok) return read;
        if (hasLine(read.value.bytes, line)) {
          if (!read.value.isWritable) return readOnly(config);
          const kept = await keepConfig(read.value, withoutLine(read.value.bytes, line));
          if (!kept.ok) return kept;
        }
        options.setOn(false);
        written = '';
        await rm(own, { recursive: true, force: true });
        return shown(false);
      }),
    endpoint(typed) {
      const found = options.aliases(undefined).find(({ alias }) => alias === typed);
      if (found === undefined) return fail('ssh_alias_unknown', { params: { alias: typed } });
      if (found.stopped === undefined) return ok({ host: found.host, port: found.port });
      return fail('container_not_running', { params: { name: found.alias, containerId: found.stopped } });
    },
    refresh: () =>
      inTurn(async () => {
        // A full disk must not end what only keeps names: they are as old as they were.
        if (options.isOn()) await writeOwn().catch(() => {});
      }),
  };
}

interface PersonFile {
  /** Where a link leads: the link stays one. */
  readonly path: string;
  readonly bytes: Buffer;
  readonly mode: number;
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly isWritable: boolean;
}

async function readConfig(config: string): Promise<Result<PersonFile>> {
  try {
    const path = await realpath(config);
    const { mode, uid, gid, size, isFile } = await stat(path).then((found) => ({
      ...{ mode: found.mode, uid: found.uid, gid: found.gid, size: found.size },
      isFile: found.isFile(),
    }));
    if (!isFile || size > mostConfigBytes) return unreadable(config);
    const bytes = await readFile(path);
    return ok({ path, bytes, mode: mode & 0o777, owner: { uid, gid }, isWritable: (mode & 0o200) !== 0 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? ok({ path: config, bytes: Buffer.alloc(0), mode: 0o600, isWritable: true })
      : unreadable(config);
  }
}

async function keepConfig(file: PersonFile, bytes: Buffer): Promise<Result<null>> {
  if (bytes.equals(file.bytes)) return ok(null);
  try {
    await mkdir(dirname(file.path), { recursive: true, mode: 0o700 });
    await replace(file.path, bytes, file.mode, file.owner);
    return ok(null);
  } catch {
    return readOnly(file.path);
  }
}

/** The whole new file or the old one, at every moment. */
async function replace(path: string, bytes: Buffer, mode: number, owner?: PersonFile['owner']) {
  const beside = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    const file = await open(beside, 'wx', mode);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await chmod(beside, mode);
    if (owner !== undefined) await chown(beside, owner.uid, owner.gid).catch(() => {});
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

const unreadable = (file: string) => fail('ssh_config_unreadable', { params: { file } });
const readOnly = (file: string) => fail('ssh_config_read_only', { params: { file } });
