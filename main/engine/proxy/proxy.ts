import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { fail, ok } from '../../../shared/result.ts';
import type { Clock, Log } from '../base/effects.ts';
import { createDecisions } from './decisions.ts';
import { readHost } from './host-name.ts';
import { createInspector } from './inspector/index.ts';
import { createHttpLane } from './lanes/http-lane.ts';
import { createPlainLane } from './lanes/plain-lane.ts';
import { createSocketLane } from './lanes/socket-lane.ts';
import { createUpstreamPool } from './lanes/upstream-pool.ts';
import {
  type Limits,
  type Listener,
  type ListenerHandlers,
  listen,
  limits as usualLimits,
} from './listener.ts';
import { createOwnPorts } from './own-ports.ts';
import { answerItself, listPage, refusalPage } from './pages/index.ts';
import { refusalOf } from './refusal.ts';
import { createReplays } from './replay.ts';
import { createServing } from './serve.ts';
import { createTlsDoor, type TlsDoor } from './tls-door.ts';
import type { BundledProxy, ProxiedService, ProxyEvents } from './types.ts';

export function createProxy(
  options: {
    readonly clock: Clock;
    readonly log: Log;
    readonly limits?: Partial<Limits>;
  } & ProxyEvents,
): BundledProxy {
  const { clock } = options;
  const limits: Limits = { ...usualLimits, ...options.limits };
  const ticks = () => performance.now();
  const lane = createHttpLane();
  const pool = createUpstreamPool();
  const inspector = createInspector({ clock, ticks });
  const decisions = createDecisions({
    clock,
    onRoute: (id) => options.onRoute?.(id),
    onSilent: (id, route) => options.onRouteSilent?.(id, route),
  });
  const serving = createServing({
    ...options,
    lane,
    sockets: createSocketLane(pool),
    inspector,
    decisions,
    continued: (socket) => plain.continued(socket),
  });
  let generation = 0;
  const plain = createPlainLane({
    inspector,
    serving,
    pool,
    generation: () => generation,
    idleMs: limits.idleMs,
  });
  let services: ReadonlyMap<string, ProxiedService> = new Map();
  let byId: ReadonlyMap<string, ProxiedService> = new Map();
  let main: Listener | undefined;
  const refused = new WeakSet<Socket>();
  let tls: TlsDoor | undefined;
  const localUrl = (name: string) =>
    `${tls === undefined ? 'http' : 'https'}://${name}.localhost:${main?.port ?? 0}`;
  const replays = createReplays({
    inspector,
    serving,
    agents: lane.agents,
    service: (id) => byId.get(id),
    ticks,
  });

  /** The service that a host means at a door: the main one knows all names, a port of its own only its service. */
  function serviceAt(own: string | undefined, host: string | undefined): ProxiedService | undefined {
    const asked = readHost(host);
    if (own === undefined) return asked.kind === 'service' ? services.get(asked.name) : undefined;
    const service = byId.get(own);
    const isMeant = asked.kind === 'index' || (asked.kind === 'service' && asked.name === service?.name);
    return isMeant ? service : undefined;
  }

  function answer(own: string | undefined, request: IncomingMessage, response: ServerResponse) {
    // What follows a refused request on its connection is not to be believed: Node may have read it already.
    if (refused.has(request.socket)) return;
    if (refusalOf(request) !== undefined) {
      refused.add(request.socket);
      response.shouldKeepAlive = false;
      answerItself(request, response, (language) => refusalPage('refused', language));
      return;
    }
    const service = serviceAt(own, request.headers.host);
    if (service !== undefined) {
      void serving.web(service, request, response);
      return;
    }
    const asked = readHost(request.headers.host);
    if (asked.kind === 'foreign' || own !== undefined) {
      answerItself(request, response, (language) => refusalPage('foreign', language));
      return;
    }
    const list = [...services.values()].map((listed) => ({
      service: listed,
      url: localUrl(listed.name),
      decision: decisions.get(listed.id),
    }));
    const unknown = asked.kind === 'service' ? asked.name : undefined;
    answerItself(request, response, (language) => listPage(list, unknown, language));
  }

  function upgrade(own: string | undefined, request: IncomingMessage, socket: Socket, head: Buffer) {
    const service = serviceAt(own, request.headers.host);
    if (refusalOf(request) !== undefined || request.headers['content-length'] !== undefined) {
      socket.end(refusedHead('400 Bad Request'));
    } else if (service === undefined) {
      const isForeign = own !== undefined || readHost(request.headers.host).kind === 'foreign';
      socket.end(refusedHead(isForeign ? '421 Misdirected Request' : '404 Not Found'));
    } else void serving.socket(service, request, socket, head);
  }

  const handlersFor = (own: string | undefined): ListenerHandlers => ({
    onRequest: (request, response) => answer(own, request, response),
    onUpgrade: (request, socket, head) => upgrade(own, request, socket, head),
    onConnection(socket, take) {
      const door = { take, service: (host: string) => serviceAt(own, host) };
      const secure = tls;
      plain.serve(
        socket,
        secure === undefined
          ? door
          : { ...door, secure: (raw) => secure.enter(raw, (opened) => plain.serve(opened, door)) },
      );
    },
  });
  const ownPorts = createOwnPorts({
    open: (id, port) => listen(port, handlersFor(id), limits),
    onChange: (id) => options.onOwnPort?.(id),
  });

  return {
    inspector,
    replays,
    async start(wanted) {
      const handlers = handlersFor(undefined);
      main =
        (await listen(wanted, handlers, limits)) ??
        (wanted === 0 ? undefined : await listen(0, handlers, limits));
      return main === undefined
        ? fail('proxy_no_port', { params: { port: wanted } })
        : ok({ port: main.port });
    },
    set(list) {
      generation += 1;
      services = new Map(list.map((service) => [service.name, service]));
      byId = new Map(list.map((service) => [service.id, service]));
      inspector.follow(new Set(byId.keys()));
      decisions.set(list);
      ownPorts.set(list);
    },
    decision: (id) => decisions.get(id),
    changes: (id) => decisions.changes(id),
    url: (name) => (main === undefined ? undefined : localUrl(name)),
    ownPort: (id) => ownPorts.get(id),
    secure(certificates) {
      tls = certificates === undefined ? undefined : createTlsDoor(certificates);
    },
    async stop() {
      decisions.stop();
      lane.close();
      pool.close();
      const open = main;
      main = undefined;
      await Promise.all([open?.close(), ownPorts.stop()]);
    },
  };
}

const refusedHead = (status: string): string =>
  `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`;
