import { isIPv6 } from 'node:net';
import type { AppError } from '../../../shared/result.ts';

/** What stands at the beginning of what a SOCKS5 client sent (RFC 1928). `used`: bytes that it took. */
export type SocksRead =
  | { readonly kind: 'more' }
  | { readonly kind: 'greeting'; readonly used: number }
  | { readonly kind: 'connect'; readonly host: string; readonly port: number; readonly used: number }
  /** The answer to send before the connection is closed; none for what speaks another protocol. */
  | { readonly kind: 'refused'; readonly answer?: Buffer };

/** No login is asked for: the listener stands on loopback, or a person confirmed who reaches it. */
export const noLogin = Buffer.from([5, 0]);
const noMethod = Buffer.from([5, 0xff]);

/** Reads `05 n methods…`. Pure. */
export function readGreeting(bytes: Buffer): SocksRead {
  const [version, count] = bytes;
  if (version === undefined) return { kind: 'more' };
  if (version !== 5) return { kind: 'refused' };
  if (count === undefined) return { kind: 'more' };
  if (count === 0) return { kind: 'refused', answer: noMethod };
  if (bytes.length < 2 + count) return { kind: 'more' };
  return bytes.subarray(2, 2 + count).includes(0)
    ? { kind: 'greeting', used: 2 + count }
    : { kind: 'refused', answer: noMethod };
}

/** Reads `05 command 00 type address port`; only CONNECT is served. Pure. */
export function readRequest(bytes: Buffer): SocksRead {
  const [version, command, reserved, type, first] = bytes;
  if (version !== undefined && version !== 5) return { kind: 'refused' };
  if (command !== undefined && command !== 1) return refused(7);
  if (reserved !== undefined && reserved !== 0) return refused(1);
  if (type !== undefined && type !== 1 && type !== 3 && type !== 4) return refused(8);
  if (type === undefined || first === undefined) return { kind: 'more' };
  const start = type === 3 ? 5 : 4;
  const length = type === 1 ? 4 : type === 4 ? 16 : first;
  const used = start + length + 2;
  if (bytes.length < used) return { kind: 'more' };
  const host = hostOf(type, bytes.subarray(start, start + length));
  const port = bytes.readUInt16BE(used - 2);
  return host === undefined || port === 0 ? refused(1) : { kind: 'connect', host, port, used };
}

/** Letters, digits and what stands in names: nothing that a resolver or a shell could take for something else. */
function hostOf(type: number, address: Buffer): string | undefined {
  if (type === 1) return [...address].join('.');
  if (type === 4) {
    const groups = Array.from({ length: 8 }, (_, at) => address.readUInt16BE(at * 2).toString(16));
    return groups.join(':');
  }
  const name = address.toString('latin1');
  return isIPv6(name) || /^[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_.])?$/i.test(name) ? name : undefined;
}

const refused = (code: number): SocksRead => ({ kind: 'refused', answer: socksAnswer(code) });

/** `05 code 00` and an empty address: where the far side connects from is nobody's business. */
export const socksAnswer = (code: number): Buffer => Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);

/** RFC 1928 §6: forbidden 2, unreachable 4, refused 5, anything else 1. */
export const socksCode = (error: AppError): number =>
  error.code === 'target_prohibited'
    ? 2
    : error.code === 'target_refused'
      ? 5
      : error.code === 'target_timeout'
        ? 4
        : 1;
