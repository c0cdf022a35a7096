/** One jump host as it is written; what is not said, the configuration says. */
export interface WrittenPlace {
  readonly user?: string;
  readonly host: string;
  readonly port?: number;
}

/** `[user@]host[:port],…`, the first to be reached first; `undefined` for what OpenSSH refuses. Linear, pure. */
export function readJumps(text: string): readonly WrittenPlace[] | undefined {
  const jumps: WrittenPlace[] = [];
  for (const part of text.split(',')) {
    const place = readPlace(part);
    if (place === undefined) return undefined;
    jumps.push(place);
  }
  return jumps;
}

/** `[user@]host[:port]` or `ssh://[user@]host[:port]`; IPv6 addresses in brackets where a port follows. Linear, pure. */
export function readPlace(written: string): WrittenPlace | undefined {
  const uri = readUri(written);
  if (uri !== 'none') return uri;
  const at = written.lastIndexOf('@');
  if (at === 0) return undefined;
  const user = at < 0 ? undefined : written.slice(0, at);
  const rest = readHostPort(written.slice(at + 1));
  return rest === undefined ? undefined : { ...(user === undefined ? {} : { user }), ...rest };
}

/** `ssh://…`; `none` for what is none, `undefined` for one that is wrong. */
export function readUri(written: string): WrittenPlace | undefined | 'none' {
  if (!written.startsWith('ssh://')) return 'none';
  const slash = written.indexOf('/', 6);
  const path = slash < 0 ? '' : written.slice(slash + 1);
  if (path !== '') return undefined;
  const own = written.slice(6, slash < 0 ? undefined : slash);
  const at = own.lastIndexOf('@');
  const user = at < 0 ? undefined : decoded(own.slice(0, at).split(';', 1)[0] ?? '');
  if (at >= 0 && (user === undefined || user === '')) return undefined;
  const rest = readHostPort(own.slice(at + 1));
  return rest === undefined ? undefined : { ...(user === undefined ? {} : { user }), ...rest };
}

function readHostPort(text: string): { readonly host: string; readonly port?: number } | undefined {
  let host = text;
  let port: string | undefined;
  if (text.startsWith('[')) {
    const end = text.indexOf(']');
    if (end < 0) return undefined;
    host = text.slice(1, end);
    const behind = text.slice(end + 1);
    if (behind !== '' && !behind.startsWith(':')) return undefined;
    port = behind === '' ? undefined : behind.slice(1);
  } else {
    const colon = text.indexOf(':');
    // More than one colon is an IPv6 address, which has no port without brackets.
    if (colon >= 0 && text.indexOf(':', colon + 1) < 0) {
      host = text.slice(0, colon);
      port = text.slice(colon + 1);
    }
  }
  if (host === '' || host.startsWith('-')) return undefined;
  if (port === undefined) return { host };
  const number = /^\d{1,9}$/.test(port) ? Number(port) : 0;
  return number >= 1 && number <= 65_535 ? { host, port: number } : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
