import type { ForwardDirection } from '../../../shared/model/connection.ts';
import { plainDigits, readPort } from '../../../shared/platform-rules/index.ts';

/** What follows `-L`, `-R` or `-D`, as OpenSSH reads it. */
export interface WrittenForward {
  readonly direction: ForwardDirection;
  /** Absent: the loopback addresses, or every address with `GatewayPorts`; empty and `*` are every address. */
  readonly bind?: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** A path is a Unix socket on the far side. Absent with `dynamic`. */
  readonly host?: string;
  readonly hostPort?: number;
}

export type ReadForward =
  | { readonly kind: 'read'; readonly forward: WrittenForward }
  /** OpenSSH does it and Gearway does not: sockets to listen on, SOCKS from the far side. */
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'invalid' };

/**
 * `[BIND:]PORT:HOST:HOSTPORT`, `[BIND:]PORT:/far/socket`, `[BIND:]PORT`, by the fields of OpenSSH's `parse_forward`
 * (readconf.c): brackets keep colons, a backslash the next character. Beyond it, a local port may be 0. Linear, pure.
 */
export function readForward(direction: ForwardDirection, written: string): ReadForward {
  const invalid: ReadForward = { kind: 'invalid' };
  const fields = written.length > 1_000 ? undefined : splitFields(written.trimStart());
  if (fields === undefined || fields.length > 4 || /[\s\0]/.test(written.trim())) return invalid;
  const [first, second, third, fourth] = fields;
  if (first === undefined) return invalid;
  const listensOnPath = first.isPath;
  if (listensOnPath) return isListeningSocket(direction, fields) ? { kind: 'unsupported' } : invalid;
  const last = fields.at(-1);
  if (direction === 'dynamic') {
    if (fields.length > 2 || last === undefined || last.isPath) return invalid;
    return read({ direction, bind: second === undefined ? undefined : first.text, port: last.text });
  }
  if (fields.length <= 2 && last?.isPath !== true)
    return direction === 'remote' && portOf(last?.text) !== undefined ? { kind: 'unsupported' } : invalid;
  if (last?.isPath === true) {
    const own = fields.slice(0, -1);
    if (own.length > 2) return invalid;
    if (direction === 'remote')
      return portOf(own.at(-1)?.text) === undefined ? invalid : { kind: 'unsupported' };
    if (last.text.length > 100 || !last.text.startsWith('/')) return invalid;
    const bind = own.length === 2 ? own[0]?.text : undefined;
    return read({ direction, bind, port: own.at(-1)?.text, host: last.text });
  }
  const [bind, port, host, hostPort] =
    fourth === undefined ? [undefined, first, second, third] : [first.text, second, third, fourth];
  const target = portOf(hostPort?.text);
  if (target === undefined || target === 0 || host === undefined || !isHost(host.text)) return invalid;
  return read({ direction, bind, port: port?.text, host: host.text, hostPort: target });
}

function read(parts: {
  readonly direction: ForwardDirection;
  readonly bind: string | undefined;
  readonly port: string | undefined;
  readonly host?: string;
  readonly hostPort?: number;
}): ReadForward {
  const { bind, ...rest } = parts;
  const port = portOf(parts.port);
  if (port === undefined || (bind !== undefined && bind !== '' && bind !== '*' && !isHost(bind)))
    return { kind: 'invalid' };
  return { kind: 'read', forward: { ...rest, port, ...(bind === undefined ? {} : { bind }) } };
}

/**
 * As a person types it into a form: also a port alone, which is the same port over there. Full-width digits and colons,
 * as Chinese input methods type them, are plain ones. Pure.
 */
export function readTypedForward(direction: ForwardDirection, typed: string): ReadForward {
  const plain = plainDigits(typed).replaceAll('：', ':').trim();
  const alone = direction === 'dynamic' ? undefined : readPort(plain);
  return readForward(direction, alone === undefined ? plain : `${plain}:127.0.0.1:${plain}`);
}

interface Field {
  readonly text: string;
  /** Has a slash: a path of a Unix socket. */
  readonly isPath: boolean;
}

/** Between colons; at most one more than the four that there can be. */
function splitFields(written: string): readonly Field[] | undefined {
  const fields: Field[] = [];
  let at = 0;
  while (at < written.length && fields.length < 5) {
    if (written[at] === '[') {
      const end = written.indexOf(']', at);
      if (end < 0 || (written[end + 1] !== undefined && written[end + 1] !== ':')) return undefined;
      const text = written.slice(at + 1, end);
      fields.push({ text, isPath: text.includes('/') });
      at = end + 2;
      continue;
    }
    let text = '';
    let isPath = false;
    for (; at < written.length && written[at] !== ':'; at += 1) {
      if (written[at] === '\\') {
        at += 1;
        if (at >= written.length) return undefined;
      } else if (written[at] === '/') isPath = true;
      text += written[at];
    }
    fields.push({ text, isPath });
    at += 1;
  }
  return fields;
}

function isListeningSocket(direction: ForwardDirection, fields: readonly Field[]): boolean {
  const [, second, third] = fields;
  if (direction === 'dynamic') return fields.length === 1;
  if (fields.length === 2) return second?.isPath === true;
  return fields.length === 3 && second?.isPath === false && (portOf(third?.text) ?? 0) > 0;
}

const portOf = (text: string | undefined): number | undefined => {
  if (text === undefined || !/^\d{1,9}$/.test(text)) return undefined;
  const port = Number(text);
  return port <= 65_535 ? port : undefined;
};

/**
 * A name or an address that may be dialled: what OpenSSH calls valid (`valid_hostname`, ssh.c), no path, 253 characters at
 * most. Names in any script are.
 */
export const isHost = (text: string): boolean =>
  text !== '' &&
  text.length <= 253 &&
  !text.startsWith('-') &&
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  !/[\s\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069'"`$\\;&<>|(){}[\]/@,*?!#^]/u.test(
    text,
  );

/** A name to sign in with; OpenSSH's `valid_ruser`, without blanks. */
export const isUser = (text: string): boolean =>
  text !== '' &&
  text.length <= 255 &&
  !text.startsWith('-') &&
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  !/[\s\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069'"`;&<>|(){}]/u.test(text) &&
  !text.endsWith('\\');
