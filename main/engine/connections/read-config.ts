import { basename, dirname } from 'node:path';
import SSHConfig from 'ssh-config';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { type ReadForward, readForward } from './read-forward.ts';

export interface ConfigHost {
  readonly alias: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly keyFile?: string;
  /** As `-J` takes it: names of hosts or `user@host:port`. */
  readonly jump?: string;
  readonly forwards: readonly ReadForward[];
}

/** What reading needs of the file system. */
export interface ConfigFiles {
  /** The text of a file, absolute; nothing where it cannot be read. */
  read(path: string): Promise<string | undefined>;
  /** The names in a folder. */
  list(folder: string): Promise<readonly string[]>;
  readonly home: string;
}

const deepest = 10;
const mostBytes = 1024 * 1024;

/**
 * Reads the hosts that the person's SSH configuration names (ssh_config(5)): HostName, Port, User, IdentityFile,
 * ProxyJump, LocalForward, RemoteForward, DynamicForward; Include is followed ten deep. Patterns are no hosts. Nothing
 * is ever run: `Match exec` does not match. A file that is not
 * there names none. `ssh_config_unreadable` {file}.
 */
export async function readConfig(
  path: string,
  files: ConfigFiles,
  userName: string,
): Promise<Result<readonly ConfigHost[]>> {
  const unreadable = fail('ssh_config_unreadable', { params: { file: path } });
  const read = keepRead(files);
  const text = await expand(path, read, () => true);
  if (text === undefined) {
    // Many computers have no such file: it names no hosts.
    return (await files.list(dirname(path))).includes(basename(path)) ? unreadable : ok([]);
  }
  try {
    const aliases = SSHConfig.parse(text).flatMap((line) =>
      'param' in line && line.param.toLowerCase() === 'host' ? namesOf(line.value) : [],
    );
    const hosts: ConfigHost[] = [];
    for (const alias of new Set(aliases)) {
      // What a file included under a Host line says counts only for the hosts of that line.
      const own = (await expand(path, read, (block) => belongs(block, alias))) ?? '';
      hosts.push(hostOf(alias, SSHConfig.parse(own), files.home, userName));
    }
    return ok(hosts);
  } catch {
    return unreadable;
  }
}

type Config = ReturnType<typeof SSHConfig.parse>;

/** Names without patterns, which stand for many hosts, and negations, which stand for none. */
function namesOf(value: unknown): readonly string[] {
  const words = Array.isArray(value)
    ? value.map((part: { readonly val: string }) => part.val)
    : String(value).split(/\s+/);
  return words.filter((word) => /^[\w.@:-]{1,100}$/.test(word) && !word.startsWith('-'));
}

function hostOf(alias: string, config: Config, home: string, userName: string): ConfigHost {
  // `exec` would run whatever a file says.
  const found = config.compute(alias, { ignoreCase: true, matchExec: false }) as Readonly<
    Record<string, string | readonly string[]>
  >;
  const all = (name: string): readonly string[] => {
    const value = found[name];
    return value === undefined ? [] : typeof value === 'string' ? [value] : value;
  };
  const one = (name: string): string | undefined => all(name)[0];
  const user = one('user') ?? userName;
  const host = (one('hostname') ?? alias).replaceAll('%h', alias).replaceAll('%%', '%');
  const key = one('identityfile')
    ?.replace(/^%d(?=\/)/, '~')
    .replaceAll('%h', host)
    .replaceAll('%r', user);
  const jump = one('proxyjump');
  const forwards = (
    [
      ['localforward', 'local'],
      ['remoteforward', 'remote'],
      ['dynamicforward', 'dynamic'],
    ] as const
  ).flatMap(([name, direction]) =>
    all(name).flatMap((value) => {
      const forward = readForward(direction, value.trim().replace(/\s+/, ':'));
      return forward.ok ? [forward.value] : [];
    }),
  );
  return {
    alias,
    host,
    port: Number(one('port') ?? 22),
    user,
    ...(key === undefined || key === 'none'
      ? {}
      : { keyFile: key.startsWith(`${home}/`) ? `~${key.slice(home.length)}` : key }),
    ...(jump === undefined || jump === 'none' ? {} : { jump }),
    forwards,
  };
}

/** Does what stands under this `Host` or `Match` line count for a host? By the library's own reading; nothing is run. */
function belongs(block: string, alias: string): boolean {
  const found = SSHConfig.parse(`${block}\n  Port 1\n`).compute(alias, {
    ignoreCase: true,
    matchExec: false,
  });
  return Object.keys(found).length > 0;
}

/** Each file is read once, however many hosts ask. */
function keepRead(files: ConfigFiles): ConfigFiles {
  const kept = new Map<string, Promise<string | undefined>>();
  return {
    ...files,
    read(path) {
      const text = kept.get(path) ?? files.read(path);
      kept.set(path, text);
      return text;
    },
  };
}

/**
 * The file with what it includes in the place of each Include that stands in a block that counts; `undefined` where the
 * file itself cannot be read.
 */
async function expand(
  path: string,
  files: ConfigFiles,
  counts: (block: string) => boolean,
  above: readonly string[] = [],
): Promise<string | undefined> {
  const text = await files.read(path);
  if (text === undefined || text.length > mostBytes) return undefined;
  const lines: string[] = [];
  /** After an included file the block that named it goes on. */
  let block = 'Host *';
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:host|match)[\s=]/i.test(line)) block = line;
    const included = /^\s*include[\s=]+(.+)$/i.exec(line)?.[1];
    if (included === undefined) {
      lines.push(line);
      continue;
    }
    if (!counts(block)) continue;
    for (const pattern of included.match(/"[^"]*"|\S+/g) ?? [])
      for (const file of await matching(pattern.replaceAll('"', ''), files)) {
        if (above.length >= deepest || file === path || above.includes(file)) continue;
        const inner = await expand(file, files, counts, [...above, path]);
        if (inner !== undefined) lines.push(inner, block);
      }
  }
  return lines.join('\n');
}

/** Files that a pattern names; patterns stand in the last part only. Relative ones are in `~/.ssh`. */
async function matching(pattern: string, { home, list }: ConfigFiles): Promise<readonly string[]> {
  const path = pattern.startsWith('~/')
    ? `${home}/${pattern.slice(2)}`
    : pattern.startsWith('/')
      ? pattern
      : `${home}/.ssh/${pattern}`;
  const slash = path.lastIndexOf('/');
  const [folder, name] = [path.slice(0, slash), path.slice(slash + 1)];
  if (!/[*?]/.test(name)) return [path];
  const form = name
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const names = (await list(folder)).filter(
    (each) => new RegExp(`^${form}$`).test(each) && !each.startsWith('.'),
  );
  return names.sort().map((each) => `${folder}/${each}`);
}
