import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Compiled } from './compile.ts';
import { evaluate, hostOf } from './evaluate.ts';
import { isHost, isUser } from './forward.ts';
import { readJumps, type WrittenPlace } from './jumps.ts';
import { isNone, noOptions, note, type Options } from './options.ts';
import { jumpOfCommand } from './proxy-command.ts';
import { expandTokens } from './tokens.ts';
import type { SshHost, Surroundings } from './types.ts';

const mostJumps = 5;

/** What is known before a host is looked up. */
export interface Asked {
  readonly alias: string;
  /** What a command said; goes before every configuration. */
  readonly options?: Options;
}

/**
 * Where a host is and how one signs in there, jump hosts and those of jump hosts included, each by its own lines.
 * `host_invalid` {host}, `ssh_user_invalid` {user}, `ssh_jump_loop` for a circle or more than five on the way. Pure.
 */
export function resolvePlace(
  { alias, options = noOptions() }: Asked,
  configs: readonly Compiled[],
  around: Surroundings,
  jumps: KnownJumps = new Map(),
): Result<SshHost> {
  return placeOf(alias, options, { configs, around, jumps }, 0);
}

/** Jump hosts that were looked up already: thousands of hosts share one. */
export type KnownJumps = Map<string, Result<SshHost>>;

interface Known {
  readonly configs: readonly Compiled[];
  readonly around: Surroundings;
  readonly jumps: KnownJumps;
}

function placeOf(alias: string, options: Options, known: Known, depth: number): Result<SshHost> {
  const { configs, around } = known;
  if (depth > mostJumps) return fail('ssh_jump_loop');
  evaluate(alias, options, configs, around);
  const host = hostOf(alias, options);
  const port = options.port ?? 22;
  const user = options.user ?? around.userName;
  if (!isHost(host)) return fail('host_invalid', { params: { host: host.slice(0, 100) }, field: 'host' });
  if (!isUser(user)) return fail('ssh_command_invalid', { field: 'user' });
  const tokens = {
    d: around.home,
    h: host,
    i: around.userId,
    k: options.hostKeyAlias ?? alias,
    L: around.hostName.split('.', 1)[0] ?? '',
    l: around.hostName,
    n: alias,
    p: String(port),
    r: user,
    u: around.userName,
  };
  const path = (text: string): string | undefined => {
    const expanded = expandTokens(text, tokens, around.env);
    if (expanded === undefined) {
      note(options, 'unknown', { text, at: '' });
      return undefined;
    }
    return atHome(expanded, around.home);
  };
  const paths = (texts: readonly string[]) =>
    texts.map(path).filter((each): each is string => each !== undefined && each.toLowerCase() !== 'none');
  const jumps = wayOf(options, tokens);
  const last = jumps.at(-1);
  // As ssh(1) finds the simplest circle: a host that is its own jump host.
  if (last !== undefined && last.host === host && (last.port ?? 22) === port && (last.user ?? user) === user)
    return fail('ssh_jump_loop');
  const via = viaOf(jumps, known, depth);
  if (!via.ok) return via;
  const agent = agentOf(options.identityAgent, path, around);
  const files = [options.userKnownHosts, options.globalKnownHosts];
  return ok({
    alias,
    host,
    port,
    user,
    ...(options.keyFiles.length === 0 ? {} : { keyFiles: paths(options.keyFiles) }),
    certificateFiles: paths(options.certificateFiles),
    identitiesOnly: options.identitiesOnly === true,
    ...(agent === undefined ? {} : { agent }),
    ...(options.hostKeyAlias === undefined ? {} : { hostKeyAlias: options.hostKeyAlias.toLowerCase() }),
    ...(files.every((each) => each === undefined)
      ? {}
      : { knownHosts: paths(files.flatMap((each, at) => each ?? usualKnownHosts[at] ?? [])) }),
    ...(via.value === undefined ? {} : { via: via.value }),
    forwards:
      options.clearForwards === true
        ? []
        : options.forwards.map((forward) =>
            options.gatewayPorts === true && forward.bind === undefined && forward.direction !== 'remote'
              ? { ...forward, bind: '*' }
              : forward,
          ),
    notTaken: options.notTaken,
  });
}

const usualKnownHosts: readonly (readonly string[])[] = [
  ['~/.ssh/known_hosts', '~/.ssh/known_hosts2'],
  ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'],
];

/** The jump hosts; a command that does no more than to jump is one, every other is noted. */
function wayOf(options: Options, tokens: Readonly<Record<string, string>>): readonly WrittenPlace[] {
  const { jumps, proxyCommand } = options;
  if (jumps !== undefined && !isNone(jumps)) return readJumps(jumps) ?? [];
  if (proxyCommand === undefined || isNone(proxyCommand)) return [];
  const jump = jumpOfCommand(proxyCommand, tokens);
  if (jump === undefined)
    note(options, 'not_done', { text: `ProxyCommand ${proxyCommand}`.slice(0, 200), at: '' });
  return jump ?? [];
}

/** The last of them is asked through those before it, and each is a host of the configuration like any other. */
function viaOf(jumps: readonly WrittenPlace[], known: Known, depth: number): Result<SshHost | undefined> {
  const last = jumps.at(-1);
  if (last === undefined) return ok(undefined);
  if (jumps.length > mostJumps) return fail('ssh_jump_loop');
  // How far along the way it is decides whether it is a circle.
  const key = `${depth} ${jumps.map(jumpText).join(',')}`;
  const found = known.jumps.get(key);
  if (found !== undefined) return found;
  const options = noOptions();
  options.user = last.user;
  options.port = last.port;
  const before = jumps.slice(0, -1);
  if (before.length > 0) options.jumps = before.map(jumpText).join(',');
  const place = placeOf(last.host, options, known, depth + 1);
  known.jumps.set(key, place);
  return place;
}

/** As `-J` takes it. */
export const jumpText = ({ user, host, port }: WrittenPlace): string =>
  `${user === undefined ? '' : `${user}@`}${host.includes(':') ? `[${host}]` : host}${port === undefined ? '' : `:${port}`}`;

function agentOf(
  written: string | undefined,
  path: (text: string) => string | undefined,
  around: Surroundings,
): string | undefined {
  if (written === undefined || written === 'SSH_AUTH_SOCK') return undefined;
  if (written.toLowerCase() === 'none') return 'none';
  if (written.startsWith('$') && !written.startsWith('${')) return around.env(written.slice(1)) ?? 'none';
  const found = path(written);
  return found?.startsWith('~/') === true ? `${around.home}${found.slice(1)}` : found;
}

/** A path as it is kept: the home folder is `~`. */
const atHome = (path: string, home: string): string =>
  path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
