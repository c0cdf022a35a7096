import type { ErrorCode } from '../../../shared/errors.ts';
import type { AppError } from '../../../shared/result.ts';
import { scrub } from '../base/scrub.ts';
import type { SshEndpoint } from './types.ts';

/** ssh2 marks its errors with the part that failed (`level`), and those of a channel with RFC 4254's reason. */
interface Ssh2Error {
  readonly message?: string;
  readonly level?: string;
  readonly code?: unknown;
  readonly reason?: unknown;
}

/** What a server said of itself before a connection ended. */
export interface LastWords {
  /** Lines before its greeting, where it is no SSH server or has no room (RFC 4253 §4.2). */
  readonly before?: string;
  /** Of its disconnect (RFC 4253 §11.1). */
  readonly reason?: number;
  readonly text?: string;
  /** Shown before the login (RFC 4252 §5.4). */
  readonly banner?: string;
  /** Logins that it refused so far; absent before the first was tried. */
  readonly refused?: number;
  /** Why the agent could not be asked. */
  readonly agent?: string;
}

/** What a failed connection means. Only what is known is claimed: the rest is said in the words that came. */
export function connectFailure(error: unknown, endpoint: SshEndpoint, words: LastWords = {}): AppError {
  const { level, code, message } = error as Ssh2Error;
  const { host, port, user } = endpoint;
  const params = { host, port };
  const detail = typeof code === 'string' ? code : message?.slice(0, 200);
  if (words.reason !== undefined) return disconnected(endpoint, words);
  if (level === 'client-authentication') {
    return words.agent !== undefined && (words.refused ?? 0) === 0
      ? { code: 'ssh_agent_missing', params, detail: words.agent }
      : { code: 'ssh_login_refused', params: { ...params, user }, detail };
  }
  if (level === 'client-timeout') return { code: 'ssh_timeout', params, detail };
  // It never greeted as an SSH server does, whatever ssh2 makes of it.
  if (level === 'closed' || (level === 'protocol' && words.before !== '')) return closed(endpoint, words);
  if (level === 'handshake' && /no matching/i.test(message ?? ''))
    return { code: 'ssh_no_common_algorithm', params, detail };
  const known = systemCode(code);
  if (known === 'ssh_lost' && (words.before ?? '') !== '') return closed(endpoint, words);
  if (known !== undefined) return { code: known, params, detail };
  return { code: 'ssh_failed', params: { ...params, ...textOf(message) }, detail };
}

/** It went without a word of why: what it said before is all there is. */
function closed({ host, port, user }: SshEndpoint, words: LastWords): AppError {
  const params = { host, port };
  if ((words.before ?? '') !== '')
    return { code: 'ssh_not_ssh', params: { ...params, ...textOf(words.before) } };
  const said = textOf(words.banner);
  // Whoever ends a login that it has refused before would refuse it again: more tries get people banned.
  if ((words.refused ?? 0) > 0) return { code: 'ssh_login_ended', params: { ...params, user, ...said } };
  if (words.refused === 0 && said.text !== undefined)
    return { code: 'ssh_ended_by_server', params: { ...params, ...said } };
  return { code: 'ssh_lost', params };
}

/** Reasons of RFC 4253 §11.1 that pass by themselves: service away, connection lost, too many connections, by the application. */
const passing: readonly number[] = [7, 10, 11, 12];

/** A server that says why it ends a connection. */
export function disconnected({ host, port, user }: SshEndpoint, words: LastWords): AppError {
  const params = { host, port, ...textOf(words.text) };
  if (/too many authentication failures/i.test(words.text ?? ''))
    return { code: 'ssh_too_many_tries', params: { ...params, user } };
  if (words.refused !== undefined && !passing.includes(words.reason ?? 0))
    return { code: 'ssh_login_ended', params: { ...params, user } };
  return { code: 'ssh_ended_by_server', params };
}

const textOf = (text: string | undefined): { readonly text?: string } => {
  const clean = scrub(text ?? '', []).slice(0, 200);
  return clean === '' ? {} : { text: clean };
};

const unreachableCodes = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EADDRNOTAVAIL',
]);

function systemCode(code: unknown): ErrorCode | undefined {
  if (typeof code !== 'string') return undefined;
  if (code === 'ETIMEDOUT') return 'ssh_timeout';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'ssh_lost';
  return unreachableCodes.has(code) || code.startsWith('EAI_') ? 'ssh_unreachable' : undefined;
}

/** Why the far side opened no connection to a target (RFC 4254 §5.1): 1 is forbidden, 2 is a connection that failed. */
export function dialFailure(error: unknown, host: string, port: number): AppError {
  const { reason, message } = error as Ssh2Error;
  const params = { host, port };
  const detail = message?.slice(0, 200);
  // ssh2 asks no server but OpenSSH for a Unix socket, and says so in the place of an answer.
  if (detail?.startsWith('strictVendor ') === true) return { code: 'target_prohibited', params, detail };
  if (typeof reason !== 'number') return { code: 'ssh_lost', params, detail };
  if (reason === 1) return { code: 'target_prohibited', params, detail };
  const { text } = textOf(message?.replace(/^\(SSH\) Channel open failure:\s*/, ''));
  // Dropbear and others give no word: a port that refuses is by far the most frequent.
  const isRefused = text === undefined || /refused|^connect(?:ion)? failed$|^open failed$/i.test(text);
  if (reason === 2 && isRefused) return { code: 'target_refused', params, detail };
  if (/timed out/i.test(text ?? '')) return { code: 'target_timeout', params, detail };
  return {
    code: 'target_unreachable',
    params: { ...params, ...(text === undefined ? {} : { text }) },
    detail,
  };
}

/** Why the far side ran no command: the link stands, whatever it says. */
export function execFailure(error: unknown): AppError {
  const { reason, message } = error as Ssh2Error;
  const detail = message?.slice(0, 200);
  if (typeof reason !== 'number' && !/unable to exec/i.test(message ?? ''))
    return { code: 'ssh_lost', detail };
  const text = textOf(message?.replace(/^\(SSH\) Channel open failure:\s*/, ''));
  return { code: 'ssh_session_refused', params: text, detail };
}

/** The server was not reached at all, or it went away: its path may come back by itself. */
export const isPathFailure = (error: AppError): boolean =>
  error.code === 'ssh_unreachable' || error.code === 'ssh_timeout' || error.code === 'ssh_lost';

/** Trying again cannot help until a person has done something. */
export const isFinal = (error: AppError): boolean => finalCodes.has(error.code);

const finalCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ssh_login_refused',
  'ssh_login_ended',
  'ssh_too_many_tries',
  'ssh_host_key_changed',
  'ssh_host_key_unknown',
  'ssh_key_unreadable',
  'ssh_passphrase_needed',
  'ssh_passphrase_wrong',
  'ssh_password_needed',
  'ssh_agent_missing',
  'ssh_key_not_in_agent',
  'ssh_security_key',
  'ssh_certificate_unreadable',
  'ssh_certificate_expired',
  'ssh_certificate_without_key',
  'ssh_jump_loop',
  'connection_not_found',
  'ssh_no_common_algorithm',
  'container_not_found',
  'not_signed_in',
  'token_missing',
  'token_refused',
]);
