import type { ForwardDirection, SavedForward } from '../../../shared/model/connection.ts';
import { plainDigits, readPort } from '../../../shared/platform-rules/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

export type ReadForward = Pick<SavedForward, 'direction' | 'bind' | 'port' | 'host' | 'hostPort'>;

/**
 * Reads what follows `-L`, `-R` or `-D`: `[BIND:]PORT:HOST:HOSTPORT`, `[BIND:]PORT:/far/socket`, `[BIND:]PORT`; IPv6
 * addresses stand in brackets, `*` and an empty BIND mean every address. Port 0 takes a free one. Full-width digits and
 * colons, as Chinese input methods type them, are plain ones. `forward_invalid`.
 */
export function readForward(direction: ForwardDirection, typed: string): Result<ReadForward> {
  const invalid = fail('forward_invalid', { field: 'forward' });
  const parts = split(plainDigits(typed).replaceAll('：', ':').trim());
  if (parts === undefined) return invalid;
  const path = parts.at(-1)?.startsWith('/') === true ? parts.pop() : undefined;
  const own = direction === 'dynamic' || path !== undefined ? parts : parts.slice(0, -2);
  const [host, hostPort] = direction === 'dynamic' || path !== undefined ? [] : parts.slice(-2);
  if (own.length < 1 || own.length > 2 || (path !== undefined && direction !== 'local')) return invalid;
  const port = portOf(own.at(-1), 0);
  const bind = own.length === 1 ? '127.0.0.1' : bindOf(own[0] ?? '');
  if (port === undefined || bind === undefined) return invalid;
  if (direction === 'dynamic') return ok({ direction, bind, port });
  if (path !== undefined)
    return /^\/[^\0\r\n]{1,100}$/.test(path) ? ok({ direction, bind, port, host: path }) : invalid;
  const target = portOf(hostPort, 1);
  if (target === undefined || host === undefined || !isHost(host)) return invalid;
  return ok({ direction, bind, port, host, hostPort: target });
}

/** Can only this computer reach what listens there? */
export const isOwnComputer = (bind: string): boolean =>
  bind === 'localhost' || bind === '::1' || /^127(\.\d{1,3}){3}$/.test(bind);

/** Between colons that stand outside of brackets; a path keeps its own. */
function split(text: string): string[] | undefined {
  const path = /(?:^|:)(\/.*)$/.exec(text);
  const before = path === null ? text : text.slice(0, path.index);
  const parts: string[] = [];
  const part = /(?:\[([0-9a-f:.]+(?:%[\w.-]+)?)\]|([^:[\]\s]*))(:|$)/giy;
  for (;;) {
    const found = part.exec(before);
    if (found === null) return undefined;
    parts.push(found[1] ?? found[2] ?? '');
    if (found[3] === '') break;
  }
  return path?.[1] === undefined ? parts : [...parts, path[1]];
}

const portOf = (text: string | undefined, least: 0 | 1): number | undefined =>
  text === undefined ? undefined : least === 0 && /^0{1,5}$/.test(text) ? 0 : readPort(text);

const bindOf = (text: string): string | undefined =>
  text === '' || text === '*' ? '0.0.0.0' : isHost(text) ? text : undefined;

/** A name or an address, safe as an argument of a command: no leading hyphen, 253 characters at most. */
export const isHost = (text: string): boolean => /^[\w.:%-]{1,253}$/.test(text) && !text.startsWith('-');
