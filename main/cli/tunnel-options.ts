import { readPort } from '../../shared/platform-rules/index.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readSshCommand, type SshTarget } from '../engine/ssh/index.ts';
import { readOptions } from './read-options.ts';

/** One `-L`, as OpenSSH writes it. */
export interface Forward {
  readonly bind: string;
  /** 0 takes a free one. */
  readonly localPort: number;
  readonly targetHost: string;
  readonly targetPort: number;
}

export interface TunnelArguments {
  readonly target: SshTarget;
  readonly forwards: readonly Forward[];
  readonly identity?: string;
  readonly passwordVariable?: string;
  /** Absent: the first key that comes is accepted. */
  readonly hostKey?: string;
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
      json: { type: 'boolean', default: false },
    },
  });
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const target = readSshCommand(positionals.join(' '));
  if (!target.ok)
    return err("give the login as in: gearway tunnel 'ssh root@HOST -p PORT' -L 5405:127.0.0.1:5301");
  const forwards: Forward[] = [];
  for (const text of values.L ?? []) {
    const forward = readForward(text);
    if (forward === undefined) return err(`-L ${text.slice(0, 100)} is not [BIND:]LPORT:HOST:PORT`);
    forwards.push(forward);
  }
  if (forwards.length === 0) return err('nothing to forward: add -L LPORT:HOST:PORT');
  const hostKey = values['host-key'];
  if ((hostKey === undefined) === !values['accept-new'])
    return err('say how the host key is checked: --host-key SHA256:… or --accept-new');
  if (hostKey !== undefined && !/^SHA256:[A-Za-z0-9+/]{43}=?$/.test(hostKey))
    return err('--host-key is the fingerprint as ssh-keygen -l prints it: SHA256:…');
  return ok({
    target: target.value,
    forwards,
    identity: values.identity,
    passwordVariable: values['password-env'],
    hostKey: hostKey?.replace(/=+$/, ''),
    json: values.json,
  });
}

/** `[BIND:]LPORT:HOST:PORT`; IPv6 addresses stand in brackets. */
export function readForward(text: string): Forward | undefined {
  const part = String.raw`(\[[0-9a-f:.]+\]|[^:[\]\s]*)`;
  const found = new RegExp(`^(?:${part}:)?(\\d{1,5}):${part}:(\\d{1,5})$`, 'i').exec(text);
  if (found === null) return undefined;
  const [, bind, local = '', host = '', remote = ''] = found;
  const localPort = /^0+$/.test(local) ? 0 : readPort(local);
  const targetPort = readPort(remote);
  const bare = (name: string) => name.replace(/^\[|\]$/g, '');
  if (localPort === undefined || targetPort === undefined || host === '') return undefined;
  return { bind: bare(bind ?? '') || '127.0.0.1', localPort, targetHost: bare(host), targetPort };
}
