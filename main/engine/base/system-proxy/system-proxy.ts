import { connect, type Socket } from 'node:net';
import { isLoopbackHost } from '../../../../shared/loopback.ts';
import { resolveName } from '../localhost-names.ts';
import { type Environment, routeByEnvironment } from './environment.ts';
import { LateSocket } from './late-socket.ts';
import { openByProxy } from './open-by-proxy.ts';
import { type Route, readDesktopRoutes } from './proxy-server.ts';

/** The proxies that this computer uses for what is outside of it. */
export interface SystemProxy {
  /** May connections to this origin be opened straight, without a question? */
  isDirect(url: URL): boolean;
  /** A connection to the host of this address (not yet TLS), or `undefined` where it is reached straight. */
  open(url: URL, signal: AbortSignal): Promise<Socket | undefined>;
  /** As `open`, straight ones too, for who needs something to hold at once. */
  openLate(url: URL): LateSocket;
  /** Another network has other proxies. */
  forget(): void;
}

/** A desktop's answer for one address holds this long, in ms. */
const holdsMs = 60_000;
const mostKept = 1_000;

/**
 * The environment comes first, then the desktop; loopback goes by neither. Of a desktop's ways the first that stands is
 * taken.
 */
export function createSystemProxy(options: {
  readonly environment: Environment;
  /** Asks the desktop about one address: `PROXY a.example:3128; DIRECT`. */
  readonly desktop?: (url: string) => Promise<string>;
  readonly now: () => number;
}): SystemProxy {
  const known = new Map<string, { readonly until: number; readonly routes: readonly Route[] }>();

  /** What can be told without a question. */
  function peek(url: URL): readonly Route[] | undefined {
    if (isLoopbackHost(url.hostname.replace(/\.$/, '').toLowerCase())) return straight;
    const route = routeByEnvironment(options.environment, url);
    if (route !== undefined) return [route];
    if (options.desktop === undefined) return straight;
    const kept = known.get(url.origin);
    return kept !== undefined && kept.until > options.now() ? kept.routes : undefined;
  }

  async function find(url: URL): Promise<readonly Route[]> {
    const seen = peek(url);
    if (seen !== undefined || options.desktop === undefined) return seen ?? straight;
    // A desktop that does not answer uses no proxy that anybody could find.
    const text = await options.desktop(`${url.origin}/`).catch(() => '');
    const routes = readDesktopRoutes(text);
    if (known.size >= mostKept) known.clear();
    known.set(url.origin, { until: options.now() + holdsMs, routes });
    return routes;
  }

  const isStraight = (routes: readonly Route[] | undefined) => routes?.[0] === 'direct';

  async function open(url: URL, signal: AbortSignal): Promise<Socket | undefined> {
    let failure: unknown;
    for (const route of await find(url)) {
      if (route === 'direct') return undefined;
      try {
        return await openByProxy(route, placeOf(url), signal);
      } catch (error) {
        signal.throwIfAborted();
        failure ??= error;
      }
    }
    throw failure;
  }

  return {
    isDirect: (url) => isStraight(peek(url)),
    open,
    openLate: (url) =>
      new LateSocket(async (signal) => (await open(url, signal)) ?? openStraight(placeOf(url), signal)),
    forget: () => known.clear(),
  };
}

const straight: readonly Route[] = ['direct'];

function placeOf(url: URL): { readonly host: string; readonly port: number } {
  const port = url.port || (url.protocol === 'https:' || url.protocol === 'wss:' ? 443 : 80);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(port) };
}

function openStraight(
  place: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...place, lookup: resolveName, noDelay: true, signal });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
