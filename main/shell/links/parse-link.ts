import { isIPv6 } from 'node:net';
import type { LinkedConnection } from '../../../shared/contract/commands.ts';

/** What a `gearway://` link can ask for; nothing happens before the person allows it. */
export type Link =
  /** `gearway://open/{name}`: opens a service by the name before `.localhost`. */
  | { readonly kind: 'open'; readonly service: string }
  /** `gearway://connect?host=…&port=…&user=…&name=…`: fills in the form of a new connection; `host` is needed. */
  | { readonly kind: 'connect'; readonly connection: LinkedConnection };

/** Longer than any that fits these rules. */
const mostCharacters = 600;

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const hostName =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;
/** As `useradd` allows by default, and dots: never a leading hyphen, which a command would take for an option. */
const userName = /^[a-z_][a-z0-9_.-]{0,31}$/i;
/** Letters of any script, digits, spaces and a few signs: a name is shown in a dialog that must not be imitated. */
const shownName = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,49}$/u;

/**
 * Reads a link. Any web page can make a system hand one over, so that everything is refused which is not exactly in
 * shape: other hosts, paths, parameters, a parameter twice, a login, a fragment, encoded tricks. Never throws.
 */
export function parseLink(text: string): Link | undefined {
  if (text.length > mostCharacters || !/^[\x21-\x7e]+$/.test(text)) return undefined;
  const shape = /^gearway:\/\/(open|connect)(\/[^?#]*)?(?:\?([^#]*))?$/i.exec(text);
  if (shape === null) return undefined;
  const [, verb = '', path = '', query] = shape;
  // A browser adds the slash that a person left out.
  if (verb.toLowerCase() === 'connect')
    return path === '' || path === '/' ? readConnect(query ?? '') : undefined;
  const service = path.slice(1).replace(/\/$/, '').toLowerCase();
  return query === undefined && label.test(service) ? { kind: 'open', service } : undefined;
}

const known = ['host', 'port', 'user', 'name'] as const;

function readConnect(query: string): Link | undefined {
  const values = new Map<string, string>();
  for (const part of query.split('&')) {
    const [name = '', encoded, ...more] = part.split('=');
    const value = encoded === undefined || more.length > 0 ? undefined : decode(encoded);
    if (value === undefined || values.has(name) || !(known as readonly string[]).includes(name))
      return undefined;
    values.set(name, value);
  }
  const host = values.get('host') ?? '';
  const user = values.get('user') ?? 'root';
  const name = values.get('name');
  const port = readPort(values.get('port') ?? '22');
  if (port === undefined || !(hostName.test(host) || isBracketed(host)) || !userName.test(user))
    return undefined;
  if (name !== undefined && !shownName.test(name)) return undefined;
  return { kind: 'connect', connection: { host, port, user, ...(name === undefined ? {} : { name }) } };
}

/** An IPv6 address as addresses write it, without a zone. */
const isBracketed = (host: string): boolean => /^\[[^%]+\]$/.test(host) && isIPv6(host.slice(1, -1));

function decode(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

function readPort(text: string): number | undefined {
  const port = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : undefined;
}

/** The link among the words of a command line, where Windows and Linux put it; at most one counts. */
export const linkAmong = (args: readonly string[]): string | undefined =>
  args.find((arg) => arg.toLowerCase().startsWith('gearway:'));
