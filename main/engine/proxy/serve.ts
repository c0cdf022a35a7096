import type { Socket } from 'node:net';
import { headerRules } from '../../../shared/model/headers.ts';
import type { Route } from '../../../shared/model/service.ts';
import type { AppError } from '../../../shared/result.ts';
import type { Clock, Log, Stop } from '../base/effects.ts';
import type { TryFailure } from './carrier/attempt.ts';
import { jarOf } from './cookies.ts';
import type { Decisions } from './decisions.ts';
import type { HeaderContext, Upstream } from './headers.ts';
import type { Peers } from './peers.ts';
import type { ProxiedService, ProxyEvents } from './types.ts';

/** A tunnel that a request has to wait for. */
const openDeadlineMs = 12_000;
const allRules = new Set(headerRules);

/** An upstream that had to be waited for. Without an error nobody knows why there is none. */
export type OpenedUpstream =
  | { readonly ok: true; readonly value: Upstream }
  | { readonly ok: false; readonly error: AppError | undefined };

/** What an exchange asks about its service: where it can go, with which headers, and who hears of failures. */
export interface Serving {
  /** Routes in the order in which a request tries them. */
  order(service: ProxiedService): readonly Route[];
  /** The route leads somewhere, or could be made to. */
  isThere(service: ProxiedService, route: Route): boolean;
  /** The upstream where it is known without waiting. */
  upstreamNow(service: ProxiedService, route: Route): Upstream | undefined;
  upstream(service: ProxiedService, route: Route): Promise<OpenedUpstream>;
  onLost(service: ProxiedService, route: Route, call: () => void): Stop;
  /** Whether a kept key would go out with this request, if its sender may spend it. */
  wouldUseKey(service: ProxiedService, asker: Asker): boolean;
  /** Whether whoever holds the other end of this connection may spend a kept key. */
  mayUseKey(client: Socket, asker: Asker): Promise<boolean>;
  context(service: ProxiedService, upstream: Upstream, asker: Asker, mayUseKey: boolean): HeaderContext;
  /** Notes that a try failed, and tells why in the words of whoever knows best. */
  failed(service: ProxiedService, upstream: Upstream, failure: TryFailure): AppError;
}

/** What of a request decides about headers: the address that it used, and whose page it comes from. */
export interface Asker {
  readonly localOrigin: string;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly hasAuthorization: boolean;
}

export function createServing(
  options: {
    readonly clock: Clock;
    readonly log: Log;
    readonly decisions: Decisions;
    readonly peers: Peers;
  } & ProxyEvents,
): Serving {
  const { clock, log, decisions, peers } = options;

  const bearer = (id: string): string | undefined => {
    const secret = options.credential?.(id);
    return secret === undefined ? undefined : `Bearer ${secret.reveal()}`;
  };

  return {
    order: (service) => decisions.order(service),
    isThere: (service, route) =>
      route === 'public'
        ? service.public !== undefined
        : service.tunnel !== undefined || options.openTunnel !== undefined,
    upstreamNow(service, route) {
      if (route === 'public')
        return service.public === undefined
          ? undefined
          : { route, origin: service.public, seenAs: service.public, ca: service.publicCa };
      return service.tunnel === undefined ? undefined : tunnelUpstream(service, service.tunnel);
    },
    async upstream(service, route) {
      const now = this.upstreamNow(service, route);
      if (now !== undefined) return { ok: true, value: now };
      if (route === 'public' || options.openTunnel === undefined) return { ok: false, error: undefined };
      const life = new AbortController();
      const stop = clock.after(openDeadlineMs, () => life.abort());
      try {
        const opened = await options.openTunnel(service.id, life.signal);
        if (opened.ok) return { ok: true, value: tunnelUpstream(service, opened.value) };
        return { ok: false, error: opened.error.code === 'cancelled' ? undefined : opened.error };
      } finally {
        stop();
      }
    },
    onLost: (service, route, call) => decisions.onLost(service.id, route, call),
    wouldUseKey: (service, asker) =>
      isOwnPage(asker) &&
      (options.gateKey?.(service.id) !== undefined ||
        (!asker.hasAuthorization && options.credential?.(service.id) !== undefined)),
    async mayUseKey(client, asker) {
      const peer = await peers.of(client);
      // Where the system does not tell who asks, only a page of the service's own says enough about itself.
      return peer === 'self' || (peer === 'unknown' && saysItsOwnPage(asker));
    },
    context: (service, to, asker, mayUseKey) => ({
      upstream: to,
      localOrigin: asker.localOrigin,
      rules: service.rules ?? allRules,
      jar: jarOf(service.id, asker.localOrigin),
      authorization: mayUseKey && isOwnPage(asker) ? bearer(service.id) : undefined,
      gateKey:
        mayUseKey && isOwnPage(asker) && to.route === 'public'
          ? options.gateKey?.(service.id)?.reveal()
          : undefined,
    }),
    failed(service, { route, origin }, failure) {
      const error = errorOf(service, route, origin, failure);
      decisions.noteFailure(service.id, route);
      options.onRouteFailure?.(service.id, route, error);
      log('info', 'proxy.failed', { id: service.id, route, code: error.code });
      return error;
    },
  };

  function errorOf(service: ProxiedService, route: Route, origin: string, failure: TryFailure): AppError {
    if (failure.kind === 'refusedByEdge')
      return { code: 'public_bad_gateway', params: { status: failure.status } };
    const { code, detail } = failure;
    const known =
      route === 'tunnel' && code === 'connection_lost' ? options.tunnelError?.(service.id) : undefined;
    if (known !== undefined) return known;
    const { hostname, port, protocol } = new URL(origin);
    const usual = protocol === 'https:' ? 443 : 80;
    return { code, detail, params: { host: hostname, port: port === '' ? usual : Number(port) } };
  }
}

const tunnelUpstream = (
  service: ProxiedService,
  address: { readonly host: string; readonly port: number },
): Upstream => ({
  route: 'tunnel',
  origin: `http://${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`,
  seenAs: `http://127.0.0.1:${service.port ?? address.port}`,
});

/**
 * A key goes out for local programs and for the service's own pages only: a stranger's page that a browser shows
 * could otherwise spend it.
 */
const isOwnPage = ({ origin, fetchSite, localOrigin }: Asker): boolean =>
  (origin === undefined || origin.toLowerCase() === localOrigin) &&
  (fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none');

/** Browsers say so, and no page can make them lie (Fetch Metadata, `Sec-Fetch-Site`). */
const saysItsOwnPage = (asker: Asker): boolean =>
  isOwnPage(asker) && (asker.origin !== undefined || asker.fetchSite !== undefined);

/** A page of another origin sent it, as the browser tells. Programs say neither. */
export const isForeignPage = ({ origin, fetchSite, localOrigin }: Asker): boolean =>
  (origin !== undefined && origin.toLowerCase() !== localOrigin) || fetchSite === 'cross-site';
