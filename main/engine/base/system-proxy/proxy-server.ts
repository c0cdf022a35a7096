/** A server that carries connections to somewhere else. */
export interface ProxyServer {
  readonly kind: 'http' | 'https' | 'socks4' | 'socks5';
  /** As a URL writes it, without brackets. */
  readonly host: string;
  readonly port: number;
  /** Never shown and never logged. */
  readonly login?: { readonly user: string; readonly password: string };
}

/** One way to an address: by a proxy, or straight. */
export type Route = ProxyServer | 'direct';

const usualPorts = { http: 80, https: 443, socks4: 1080, socks5: 1080 } as const;

/** curl(1) names them so; without a scheme an HTTP proxy is meant. */
const schemes: Readonly<Record<string, ProxyServer['kind']>> = {
  'http:': 'http',
  'https:': 'https',
  'socks:': 'socks5',
  'socks4:': 'socks4',
  'socks4a:': 'socks4',
  'socks5:': 'socks5',
  'socks5h:': 'socks5',
};

/** Reads `http://user:password@proxy.example:3128`, and `proxy.example:3128`. `undefined` for what is no proxy. */
export function readProxyServer(text: string): ProxyServer | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 2_000) return undefined;
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  if (!URL.canParse(written)) return undefined;
  const url = new URL(written);
  const kind = schemes[url.protocol];
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (kind === undefined || host === '') return undefined;
  const login = { user: decoded(url.username), password: decoded(url.password) };
  return {
    kind,
    host,
    // A URL leaves out its own scheme's port, also where somebody wrote it.
    port: Number(url.port) || usualPorts[kind],
    ...(url.username === '' ? {} : { login }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const words: Readonly<Record<string, ProxyServer['kind']>> = {
  proxy: 'http',
  http: 'http',
  https: 'https',
  socks: 'socks4',
  socks4: 'socks4',
  socks5: 'socks5',
};

/**
 * Reads what a desktop says of an address, as in `PROXY a.example:3128; SOCKS5 b.example:1080; DIRECT`: ways in the order
 * in which they are tried (developer.mozilla.org, Proxy Auto-Configuration). Without a word that is known, straight.
 */
export function readDesktopRoutes(text: string): readonly Route[] {
  const routes = text
    .slice(0, 2_000)
    .split(';')
    .flatMap((entry): readonly Route[] => {
      const [word = '', place = ''] = entry.trim().split(/\s+/);
      if (word.toLowerCase() === 'direct') return ['direct'];
      const kind = words[word.toLowerCase()];
      const server = kind === undefined ? undefined : readProxyServer(`${kind}://${place}`);
      return server === undefined ? [] : [server];
    });
  return routes.length === 0 ? ['direct'] : routes;
}
