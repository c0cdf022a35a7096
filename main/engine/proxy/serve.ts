import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { headerRules } from '../../../shared/model/headers.ts';
import type { Route } from '../../../shared/model/service.ts';
import type { AppError } from '../../../shared/result.ts';
import type { Clock, Log, Stop } from '../base/effects.ts';
import { jarOf } from './cookies.ts';
import type { Decisions } from './decisions.ts';
import type { HeaderContext, Upstream } from './headers.ts';
import type { Inspector, Recording } from './inspector/index.ts';
import type { Attempt, ForwardOptions } from './lanes/attempt.ts';
import type { HttpLane } from './lanes/http-lane.ts';
import { hasBody } from './lanes/request-headers.ts';
import type { SocketLane } from './lanes/socket-lane.ts';
import { answerItself, unreachablePage } from './pages/index.ts';
import type { ProxiedService, ProxyEvents } from './types.ts';

/** Requests that change nothing and may be sent again (RFC 9110 §9.2.2). */
export const repeatable: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** A tunnel that a request has to wait for. */
const openDeadlineMs = 12_000;
const allRules = new Set(headerRules);

/** Takes one request through the routes of its service. */
export interface Serving {
  web(service: ProxiedService, request: IncomingMessage, response: ServerResponse): Promise<void>;
  socket(service: ProxiedService, request: IncomingMessage, socket: Socket, head: Buffer): Promise<void>;
  upstream(service: ProxiedService, route: Route): Promise<Upstream | undefined>;
  /** The upstream where it is known without waiting. */
  upstreamNow(service: ProxiedService, route: Route): Upstream | undefined;
  /** The first route's upstream where nothing has to be waited for. */
  firstNow(service: ProxiedService): Upstream | undefined;
  /** `auto`, and there is another route to try. */
  canGoElsewhere(service: ProxiedService, route: Route): boolean;
  onLost(service: ProxiedService, route: Route, call: () => void): Stop;
  context(service: ProxiedService, upstream: Upstream, asker: Asker): HeaderContext;
  failed(service: ProxiedService, route: Route, error: AppError): void;
}

/** What of a request decides about headers: the address that it used, and whose page it comes from. */
export interface Asker {
  readonly localOrigin: string;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

export function createServing(
  options: {
    readonly clock: Clock;
    readonly log: Log;
    readonly lane: HttpLane;
    readonly sockets: SocketLane;
    readonly inspector: Inspector;
    readonly decisions: Decisions;
    /** The recording of an exchange that began in the plain lane. */
    readonly continued: (socket: Socket) => Recording | undefined;
  } & ProxyEvents,
): Serving {
  const { clock, log, lane, sockets, inspector, decisions } = options;

  function upstreamNow(service: ProxiedService, route: Route): Upstream | undefined {
    if (route === 'public')
      return service.public === undefined
        ? undefined
        : { route, origin: service.public, seenAs: service.public, ca: service.publicCa };
    return service.tunnel === undefined ? undefined : tunnelUpstream(service, service.tunnel);
  }

  async function upstream(service: ProxiedService, route: Route): Promise<Upstream | undefined> {
    const now = upstreamNow(service, route);
    if (now !== undefined || route === 'public' || options.openTunnel === undefined) return now;
    const life = new AbortController();
    const stop = clock.after(openDeadlineMs, () => life.abort());
    const opened = await options.openTunnel(service.id, life.signal);
    stop();
    if (opened.ok) return tunnelUpstream(service, opened.value);
    if (opened.error.code !== 'cancelled') tunnelErrors.set(service.id, opened.error);
    return undefined;
  }
  /** Why the last tunnel could not be opened, for the page that says so. */
  const tunnelErrors = new Map<string, AppError>();

  const context = (service: ProxiedService, to: Upstream, asker: Asker): HeaderContext => ({
    upstream: to,
    localOrigin: asker.localOrigin,
    rules: service.rules ?? allRules,
    jar: jarOf(service.id, asker.localOrigin),
    authorization: isOwnPage(asker) ? bearer(service.id) : undefined,
  });

  const canUseTunnel = (service: ProxiedService): boolean =>
    service.tunnel !== undefined || options.openTunnel !== undefined;

  const bearer = (id: string): string | undefined => {
    const secret = options.credential?.(id);
    return secret === undefined ? undefined : `Bearer ${secret.reveal()}`;
  };

  /** Why a try failed, in the words of whoever knows best. */
  function errorOf(
    service: ProxiedService,
    { route, origin }: Upstream,
    attempt: Extract<Attempt, { kind: 'failed' | 'refusedByEdge' }>,
  ): AppError {
    if (attempt.kind === 'refusedByEdge')
      return { code: 'public_bad_gateway', params: { status: attempt.status } };
    const { code, detail } = attempt;
    const known =
      route === 'tunnel' && code === 'connection_lost' ? options.tunnelError?.(service.id) : undefined;
    if (known !== undefined) return known;
    const { hostname, port, protocol } = new URL(origin);
    const usual = protocol === 'https:' ? 443 : 80;
    return { code, detail, params: { host: hostname, port: port === '' ? usual : Number(port) } };
  }

  function failed(service: ProxiedService, route: Route, error: AppError) {
    decisions.noteFailure(service.id, route);
    options.onRouteFailure?.(service.id, route, error);
    log('info', 'proxy.failed', { id: service.id, route, code: error.code });
  }

  /** Tries the routes in their order; `undefined` when an answer came or the client left, else why each route failed. */
  async function through(
    service: ProxiedService,
    request: IncomingMessage,
    recording: Recording,
    isOver: () => boolean,
    attempt: (how: ForwardOptions) => Promise<Attempt>,
  ): Promise<Partial<Record<Route, AppError>> | undefined> {
    const asker = askerOf(request);
    const again = !hasBody(request) && repeatable.has(request.method ?? '');
    const routes = decisions.order(service);
    const failures: Partial<Record<Route, AppError>> = {};
    for (const [index, route] of routes.entries()) {
      const to = await upstream(service, route);
      if (isOver()) {
        recording.ended('cut');
        return undefined;
      }
      if (to === undefined) {
        const error = route === 'tunnel' ? tunnelErrors.get(service.id) : undefined;
        if (error !== undefined) failures[route] = error;
        continue;
      }
      const last = index + 1 === routes.length;
      const result = await attempt({
        context: context(service, to, asker),
        recording,
        mayGoElsewhere: again && !last,
        onRouteLost: (call) => decisions.onLost(service.id, route, call),
      });
      if (result.kind === 'answered' || result.kind === 'gone') return undefined;
      const error = errorOf(service, to, result);
      failures[route] = error;
      failed(service, route, error);
      if (isOver()) return undefined;
      if (!(again || (result.kind === 'failed' && result.unsent))) break;
    }
    const [error] = Object.values(failures);
    recording.ended('failed', error?.code ?? 'no_healthy_route', 502);
    return failures;
  }

  return {
    upstream,
    upstreamNow,
    firstNow(service) {
      const [first] = decisions.order(service);
      return first === undefined ? undefined : upstreamNow(service, first);
    },
    canGoElsewhere: (service, route) =>
      service.choice === 'auto' &&
      (route === 'tunnel' ? service.public !== undefined : canUseTunnel(service)),
    onLost: (service, route, call) => decisions.onLost(service.id, route, call),
    context,
    failed,
    async web(service, request, response) {
      const recording = options.continued(request.socket) ?? inspector.begin(service.id, factsOf(request));
      const failures = await through(
        service,
        request,
        recording,
        () => response.headersSent || response.destroyed,
        (how) => lane.web(request, response, how),
      );
      if (failures === undefined) return;
      answerItself(request, response, (language) => unreachablePage(service, failures, language));
    },
    async socket(service, request, socket, head) {
      const recording = inspector.begin(service.id, factsOf(request));
      let first = head;
      const failures = await through(
        service,
        request,
        recording,
        () => socket.destroyed,
        (how) => {
          const bytes = first;
          first = Buffer.alloc(0);
          return sockets.open(request, socket, bytes, how);
        },
      );
      if (failures === undefined) return;
      socket.end(
        'HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\ncontent-length: 0\r\nretry-after: 3\r\n\r\n',
      );
    },
  };
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
  (origin === undefined || origin === localOrigin) &&
  (fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none');

const localOriginOf = (request: IncomingMessage): string =>
  `${'encrypted' in request.socket ? 'https' : 'http'}://${request.headers.host?.toLowerCase() ?? ''}`;

function askerOf(request: IncomingMessage): Asker {
  const fetchSite = request.headers['sec-fetch-site'];
  return {
    localOrigin: localOriginOf(request),
    origin: request.headers.origin,
    fetchSite: Array.isArray(fetchSite) ? fetchSite[0] : fetchSite,
  };
}

const factsOf = (request: IncomingMessage) => ({
  method: request.method ?? 'GET',
  path: request.url ?? '/',
  rawHeaders: request.rawHeaders,
  localOrigin: localOriginOf(request),
});
