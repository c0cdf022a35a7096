import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Route } from '../../../shared/model/service.ts';
import { type AppError, fail, ok } from '../../../shared/result.ts';
import { decideRoute, type RouteDecision } from '../../../shared/routing/index.ts';
import type { Clock, Log } from '../effects.ts';
import { answerItself } from './answers.ts';
import { type Attempt, createForwarder, hasBody } from './forwarder.ts';
import type { Upstream } from './headers.ts';
import { readHost } from './host-name.ts';
import type { BundledProxy, ProxiedService, ProxyEvents } from './types.ts';

/** Requests that change nothing and may be sent again (RFC 9110 §9.2.2). */
const repeatable: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** A tunnel that a request has to wait for. */
const openDeadlineMs = 12_000;

export function createProxy(
  options: { readonly clock: Clock; readonly log: Log } & ProxyEvents,
): BundledProxy {
  const { clock, log } = options;
  const forwarder = createForwarder();
  let services: ReadonlyMap<string, ProxiedService> = new Map();
  const decisions = new Map<string, RouteDecision>();
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port: number | undefined;
  const localOrigin = (name: string) => `http://${name}.localhost:${port ?? 0}`;

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const asked = readHost(request.headers.host);
    if (asked.kind === 'foreign') {
      answerItself(request, response, {
        status: 421,
        title: 'Not for this address',
        text: 'This proxy answers names under localhost only.',
      });
      return;
    }
    const service = asked.kind === 'service' ? services.get(asked.name) : undefined;
    if (service === undefined) {
      answerItself(request, response, {
        status: asked.kind === 'index' ? 200 : 404,
        title: asked.kind === 'index' ? 'Gearway' : 'No such service',
        text:
          services.size === 0
            ? 'No service has a local address now.'
            : 'These services have a local address now.',
        links: [...services.keys()].map((name) => ({ name, url: localOrigin(name) })),
      });
      return;
    }
    const again = !hasBody(request) && repeatable.has(request.method ?? '');
    const routes = routesOf(service);
    let failure: AppError | undefined;
    for (const [index, route] of routes.entries()) {
      const upstream = await upstreamOf(service, route);
      if (response.destroyed) return;
      if (upstream === undefined) continue;
      const attempt = await forwarder.web(request, response, {
        upstream,
        ca: route === 'public' ? service.publicCa : undefined,
        localOrigin: localOrigin(service.name),
        mayGoElsewhere: again && index + 1 < routes.length,
      });
      if (attempt.kind === 'answered' || attempt.kind === 'gone') return;
      failure = failureOf(attempt);
      options.onRouteFailure?.(service.id, route, failure);
      log('info', 'proxy.failed', { id: service.id, route, code: failure.code });
      if (response.headersSent || !(again || (attempt.kind === 'failed' && attempt.unsent))) break;
    }
    if (response.headersSent || response.destroyed) return;
    answerItself(request, response, {
      status: failure === undefined ? 503 : 502,
      title: `${service.name} cannot be reached`,
      text:
        failure === undefined
          ? 'It has neither a mapping that works nor a tunnel that is open.'
          : 'Every route to it failed. Gearway keeps trying; reload in a moment.',
    });
  }

  async function upgrade(request: IncomingMessage, socket: Socket, head: Buffer) {
    const asked = readHost(request.headers.host);
    const service = asked.kind === 'service' ? services.get(asked.name) : undefined;
    if (service === undefined) {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
      return;
    }
    for (const route of routesOf(service).slice(0, 1)) {
      const upstream = await upstreamOf(service, route);
      if (upstream === undefined || socket.destroyed) break;
      const ca = route === 'public' ? service.publicCa : undefined;
      const local = localOrigin(service.name);
      const attempt = await forwarder.socket(request, socket, head, {
        upstream,
        ca,
        localOrigin: local,
        mayGoElsewhere: false,
      });
      if (attempt.kind === 'failed') options.onRouteFailure?.(service.id, route, failureOf(attempt));
      return;
    }
    socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
  }

  /** The route that was decided, then the other one where the person left the choice to us. */
  function routesOf(service: ProxiedService): readonly Route[] {
    const decided = decisions.get(service.id)?.route;
    if (service.choice !== 'auto') return [service.choice];
    if (decided === 'public') return ['public', 'tunnel'];
    return decided === 'tunnel' ? ['tunnel', 'public'] : ['tunnel', 'public'];
  }

  async function upstreamOf(service: ProxiedService, route: Route): Promise<Upstream | undefined> {
    if (route === 'public')
      return service.public === undefined
        ? undefined
        : { route, origin: service.public, seenAs: service.public };
    const address = service.tunnel ?? (await openFor(service));
    if (address === undefined) return undefined;
    const origin = `http://${address.host}:${address.port}`;
    return { route, origin, seenAs: `http://127.0.0.1:${service.port ?? address.port}` };
  }

  async function openFor(service: ProxiedService) {
    if (options.openTunnel === undefined) return undefined;
    const life = new AbortController();
    const stop = clock.after(openDeadlineMs, () => life.abort());
    const opened = await options.openTunnel(service.id, life.signal);
    stop();
    return opened.ok ? opened.value : undefined;
  }

  async function listen(wanted: number): Promise<Server | undefined> {
    const made = createServer((request, response) => void serve(request, response));
    // Streams live as long as they like; a request that does not finish its head does not.
    made.requestTimeout = 0;
    made.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      void upgrade(request, socket, head);
    });
    made.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    const done = await new Promise<boolean>((resolve) => {
      made.once('error', () => resolve(false));
      made.listen({ port: wanted, host: '127.0.0.1', exclusive: true }, () => resolve(true));
    });
    return done ? made : undefined;
  }

  return {
    async start(wanted) {
      server = (await listen(wanted)) ?? (wanted === 0 ? undefined : await listen(0));
      if (server === undefined) return fail('proxy_port_busy', { params: { port: wanted } });
      port = (server.address() as AddressInfo).port;
      return ok({ port });
    },
    set(list) {
      services = new Map(list.map((service) => [service.name, service]));
      const now = clock.now();
      const present = new Set(list.map((service) => service.id));
      for (const id of [...decisions.keys()]) if (!present.has(id)) decisions.delete(id);
      for (const { id, choice, health } of list) {
        const previous = decisions.get(id);
        const next = decideRoute({ choice, public: health.public, tunnel: health.tunnel, previous, now });
        decisions.set(id, next);
        if (previous?.route !== next.route || previous?.reason !== next.reason) options.onRoute?.(id);
      }
    },
    decision: (id) => decisions.get(id),
    url: (name) => (port === undefined ? undefined : localOrigin(name)),
    async stop() {
      forwarder.close();
      const open = server;
      server = undefined;
      port = undefined;
      if (open === undefined) return;
      await new Promise<void>((resolve) => {
        open.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
    },
  };
}

function failureOf(attempt: Extract<Attempt, { kind: 'failed' | 'refusedByEdge' }>): AppError {
  if (attempt.kind === 'refusedByEdge')
    return { code: 'public_bad_gateway', params: { status: attempt.status } };
  const { code } = attempt.error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return { code: 'tcp_refused', detail: code };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { code: 'name_unresolved', detail: code };
  return { code: 'connection_lost', detail: code };
}
