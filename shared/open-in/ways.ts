import { assertNever } from '../assert-never.ts';
import type { FoundProgram } from '../model/program.ts';
import { quote } from '../quoting/index.ts';
import type { OpenTarget, SshMachine } from './open-target.ts';

/** One program for one target. */
export interface Way {
  readonly program: FoundProgram;
  /** The words that do the same in a terminal; for an address, what the system would be given. */
  readonly words: readonly string[];
  /** The same as one line to copy. Empty where the address is chosen only when it is opened. */
  readonly command: string;
}

/** The programs that can open this, in the order in which they were found. Pure. */
export function waysTo(target: OpenTarget, programs: readonly FoundProgram[]): readonly Way[] {
  return programs.flatMap((program) => {
    const words = wordsFor(target, program);
    return words === undefined ? [] : [{ program, words, command: words.map(quote).join(' ') }];
  });
}

function wordsFor(target: OpenTarget, program: FoundProgram): readonly string[] | undefined {
  if (target.kind === 'service') {
    if (program.kind === 'browser') return target.isWeb ? [] : undefined;
    return program.kind === 'client' ? clientWords(program.id, target) : undefined;
  }
  switch (program.kind) {
    case 'terminal':
      return target.words;
    case 'editor':
      return target.isPlain ? [program.id, '--remote', `ssh-remote+${authority(target)}`] : undefined;
    case 'gateway':
      return target.isPlain ? [gatewayAddress(target)] : undefined;
    case 'files':
      return target.isPlain ? [`sftp://${authority(target)}/`] : undefined;
    case 'client':
    case 'browser':
      return undefined;
    default:
      return assertNever(program.kind, 'kind of program');
  }
}

/** Clients by the program that they speak to. Nobody's name or password is known, so the usual name is taken and the rest is asked. */
const clients: Readonly<
  Record<string, { readonly speaks: string; words(host: string, port: number): readonly string[] }>
> = {
  psql: {
    speaks: 'postgresql',
    words: (host, port) => ['psql', '-h', host, '-p', `${port}`, '-U', 'postgres'],
  },
  'redis-cli': { speaks: 'redis', words: (host, port) => ['redis-cli', '-h', host, '-p', `${port}`] },
  mysql: {
    speaks: 'mysql',
    words: (host, port) => ['mysql', '-h', host, '-P', `${port}`, '-u', 'root', '-p'],
  },
};

function clientWords(id: string, { program, tunnel }: Extract<OpenTarget, { kind: 'service' }>) {
  const client = Object.hasOwn(clients, id) ? clients[id] : undefined;
  if (client === undefined || tunnel === undefined || client.speaks !== program) return undefined;
  return client.words(tunnel.host, tunnel.port);
}

/** RFC 3986, 3.2: an IPv6 address stands in brackets. */
const authority = ({ user, host, port }: SshMachine) =>
  `${encodeURIComponent(user)}@${host.includes(':') ? `[${host}]` : host}:${port}`;

/** JetBrains, "Create a Gateway link": the part behind `#` is what it is to connect to. */
const gatewayAddress = ({ user, host, port }: SshMachine) =>
  `jetbrains-gateway://connect#type=ssh&deploy=true&host=${encodeURIComponent(host)}&port=${port}&user=${encodeURIComponent(user)}`;
