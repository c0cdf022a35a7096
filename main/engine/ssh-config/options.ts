import type { NotTaken } from '../../../shared/model/connection.ts';
import type { ConfigLine } from './config-lines.ts';
import { readForward, type WrittenForward } from './forward.ts';
import { readJumps } from './jumps.ts';
import { fateOf } from './keywords.ts';
import { matchesList } from './patterns.ts';

/** More than OpenSSH takes (`SSH_MAX_IDENTITY_FILES`). */
const mostFiles = 100;
const mostForwards = 100;
const mostNotes = 20;

/** Everything that was set so far; the first value of an option wins, lists grow. */
export interface Options {
  user?: string;
  port?: number;
  hostName?: string;
  hostKeyAlias?: string;
  identitiesOnly?: boolean;
  identityAgent?: string;
  /** `none` where it is said that there is none. */
  jumps?: string;
  proxyCommand?: string;
  userKnownHosts?: readonly string[];
  globalKnownHosts?: readonly string[];
  gatewayPorts?: boolean;
  clearForwards?: boolean;
  ignored: string;
  readonly keyFiles: string[];
  readonly certificateFiles: string[];
  readonly forwards: WrittenForward[];
  readonly seen: Set<string>;
  readonly notTaken: NotTaken[];
}

export const noOptions = (): Options => ({
  ignored: '',
  keyFiles: [],
  certificateFiles: [],
  forwards: [],
  seen: new Set(),
  notTaken: [],
});

/** Notes what is not carried out, each text once. */
export function note(options: Options, why: NotTaken['why'], { text, at }: Pick<ConfigLine, 'text' | 'at'>) {
  const known = options.notTaken;
  if (known.length >= mostNotes || known.some((other) => other.text === text)) return;
  known.push({ text, why, ...(at === '' ? {} : { at }) });
}

/** Sets what one line says, as OpenSSH does (readconf.c); what it refuses or we do not do is noted. */
export function applyLine(options: Options, line: ConfigLine): void {
  const { keyword, words, rest } = line;
  const fate = fateOf(keyword);
  if (fate === undefined) {
    if (!matchesList(keyword, options.ignored, true)) note(options, 'unknown', line);
    return;
  }
  if (words === undefined) {
    note(options, 'unknown', line);
    return;
  }
  const [value = ''] = words;
  if (fate === 'idle') return;
  if (fate !== 'taken') {
    if (options.seen.has(keyword)) return;
    options.seen.add(keyword);
    if (!fate.told.includes(value.toLowerCase())) note(options, 'not_done', line);
    return;
  }
  if (value === '' && keyword !== 'proxyjump' && keyword !== 'proxycommand') {
    note(options, 'unknown', line);
    return;
  }
  const refuse = () => note(options, 'unknown', line);
  switch (keyword) {
    case 'hostname':
      options.hostName ??= value;
      return;
    case 'user':
      options.user ??= value;
      return;
    case 'port': {
      const port = portOf(value);
      if (port === undefined) refuse();
      else options.port ??= port;
      return;
    }
    case 'hostkeyalias':
      options.hostKeyAlias ??= value;
      return;
    case 'identityfile':
      addTo(options.keyFiles, value);
      return;
    case 'certificatefile':
      addTo(options.certificateFiles, value);
      return;
    case 'identitiesonly':
    case 'clearallforwardings':
    case 'gatewayports': {
      const flag = flagOf(value);
      if (flag === undefined) refuse();
      else if (keyword === 'identitiesonly') options.identitiesOnly ??= flag;
      else if (keyword === 'gatewayports') options.gatewayPorts ??= flag;
      else options.clearForwards ??= flag;
      return;
    }
    case 'identityagent':
      options.identityAgent ??= value;
      return;
    case 'userknownhostsfile':
      options.userKnownHosts ??= words;
      return;
    case 'globalknownhostsfile':
      options.globalKnownHosts ??= words;
      return;
    case 'ignoreunknown':
      if (options.ignored === '') options.ignored = value;
      return;
    case 'proxyjump':
      setJumps(options, rest, line);
      return;
    case 'proxycommand':
      if (rest === '') refuse();
      // A way that was given before goes before it; `ProxyJump none` is none, as OpenSSH 9.2 really does it.
      else if (options.jumps === undefined || isNone(options.jumps)) options.proxyCommand ??= rest;
      return;
    case 'localforward':
    case 'remoteforward':
    case 'dynamicforward':
      takeForward(options, line, words);
      return;
    default:
      // Host, Match and Include are no options of one host.
      refuse();
  }
}

/** `ProxyJump none` and `ProxyCommand none`. */
export const isNone = (text: string): boolean => text.trim().toLowerCase() === 'none';

export function setJumps(options: Options, written: string, line: ConfigLine): void {
  // A comment behind it is none of it (parse_jump).
  const text = written.split('#', 1)[0]?.trim() ?? '';
  if (!isNone(text) && readJumps(text) === undefined) note(options, 'unknown', line);
  else if (options.proxyCommand === undefined) options.jumps ??= text;
}

export function addForward(options: Options, forward: WrittenForward): void {
  const key = JSON.stringify(forward);
  const { forwards } = options;
  if (forwards.length < mostForwards && !forwards.some((other) => JSON.stringify(other) === key))
    forwards.push(forward);
}

function takeForward(options: Options, line: ConfigLine, [own = '', target = '']: readonly string[]) {
  const isRemote = line.keyword === 'remoteforward';
  const isDynamic = line.keyword === 'dynamicforward' || (isRemote && target === '');
  const direction = isRemote ? 'remote' : isDynamic ? 'dynamic' : 'local';
  const read = readForward(direction, isDynamic ? own : `${own}:${target}`);
  if (read.kind === 'read') addForward(options, read.forward);
  else note(options, read.kind === 'invalid' ? 'unknown' : 'not_done', line);
}

export function addTo(list: string[], value: string): void {
  if (list.length < mostFiles && !list.includes(value)) list.push(value);
}

const flagOf = (value: string): boolean | undefined =>
  /^(?:yes|true|always|on)$/i.test(value) ? true : /^(?:no|false|none)$/i.test(value) ? false : undefined;

export const portOf = (text: string): number | undefined => {
  const port = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
};
