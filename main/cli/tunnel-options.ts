import { err, ok, type Result } from '../../shared/result.ts';
import {
  readCommand,
  readForward,
  type SshCommand,
  type WrittenForward,
} from '../engine/ssh-config/index.ts';
import { readOptions } from './read-options.ts';

/** A local port and where it leads. */
export interface Forward {
  readonly bind: string;
  /** 0 takes a free one. */
  readonly localPort: number;
  readonly targetHost: string;
  /** 0 for a Unix socket, whose path is the host. */
  readonly targetPort: number;
}

export interface TunnelArguments {
  readonly command: SshCommand;
  readonly identity?: string;
  readonly passwordVariable?: string;
  /** The key that the server must have. */
  readonly hostKey?: string;
  /** A key that is not known is accepted. */
  readonly acceptsNew: boolean;
  /** For the first attempt. */
  readonly timeoutMs?: number;
  /** Connections outlive the link, by a helper in the container. */
  readonly survive: boolean;
  readonly json: boolean;
}

/** Reads the words of `gearway tunnel`, or gives the one line that says what is wrong with them. */
export function readTunnelArguments(args: readonly string[]): Result<TunnelArguments, string> {
  const parsed = readOptions({
    args: [...args],
    allowPositionals: true,
    options: {
      L: { type: 'string', short: 'L', multiple: true },
      identity: { type: 'string', short: 'i' },
      'password-env': { type: 'string' },
      'host-key': { type: 'string' },
      'accept-new': { type: 'boolean', default: false },
      timeout: { type: 'string' },
      survive: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const command = readCommand(positionals.join(' '));
  if (!command.ok)
    return err(
      "give the login as in: gearway tunnel 'ssh root@HOST -p PORT' -L 5405:127.0.0.1:5301, or a host of ~/.ssh/config",
    );
  for (const text of values.L ?? []) {
    const forward = readForward('local', text);
    if (forward.kind !== 'read') return err(`-L ${text.slice(0, 100)} is not [BIND:]LPORT:HOST:PORT`);
    command.value.options.forwards.push(forward.forward);
  }
  const hostKey = values['host-key'];
  if (hostKey !== undefined && values['accept-new'])
    return err('say how the host key is checked, once: --host-key SHA256:… or --accept-new');
  if (hostKey !== undefined && !/^SHA256:[A-Za-z0-9+/]{43}=?$/.test(hostKey))
    return err('--host-key is the fingerprint as ssh-keygen -l prints it: SHA256:…');
  const seconds = values.timeout === undefined ? undefined : Number(values.timeout);
  if (seconds !== undefined && !(seconds > 0 && seconds <= 86_400))
    return err('--timeout is a number of seconds: --timeout 20');
  return ok({
    command: command.value,
    identity: values.identity,
    survive: values.survive,
    passwordVariable: values['password-env'],
    hostKey: hostKey?.replace(/=+$/, ''),
    acceptsNew: values['accept-new'],
    ...(seconds === undefined ? {} : { timeoutMs: seconds * 1_000 }),
    json: values.json,
  });
}

/** What of a host's forwards a command can carry: local ports. Pure. */
export const localForwards = (forwards: readonly WrittenForward[]): readonly Forward[] =>
  forwards
    .filter(({ direction }) => direction === 'local')
    .map(({ bind, port, host = '', hostPort = 0 }) => ({
      bind: bind === undefined ? '127.0.0.1' : bind === '' ? '*' : bind,
      localPort: port,
      targetHost: host,
      targetPort: hostPort,
    }));
