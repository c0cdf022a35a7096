import type { Socket } from 'node:net';
import { fail, ok } from '../../../shared/result.ts';
import type { Clock, Log } from '../base/effects.ts';
import { ClientConnection, type Door } from './carrier/client-connection.ts';
import { createUpstreamPool } from './carrier/upstream-pool.ts';
import { createDecisions } from './decisions.ts';
import { readHost } from './host-name.ts';
import { createInspector } from './inspector/index.ts';
import { type Limits, type Listener, listen, limits as usualLimits } from './listener.ts';
import { createOwnPorts } from './own-ports.ts';
import { listPage, refusalPage } from './pages/index.ts';
import { createPeers, type Peers } from './peers.ts';
import { createReplays } from './replay.ts';
import { createServing } from './serve.ts';
import { createTlsDoor, type TlsDoor } from './tls-door.ts';
import type { BundledProxy, ProxiedService, ProxyEvents } from './types.ts';

export function createProxy(
  options: {
    readonly clock: Clock;
    readonly log: Log;
    readonly limits?: Partial<Limits>;
    /** Whose programs ask; tests say so themselves. */
    readonly peers?: Peers;
  } & ProxyEvents,
): BundledProxy {
  const { clock, log } = options;
  const limits: Limits = { ...usualLimits, ...options.limits };
  const ticks = () => performance.now();
  /** What gets here is a fault of ours: it ends the connection that showed it, and is told with its stack. */
  const onBug = (error: unknown) =>
    log('error', 'proxy.bug', {
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  const pool = createUpstreamPool(onBug);
  const inspector = createInspector({ clock, ticks, nameOf: (id) => byId.get(id)?.name });
  const decisions = createDecisions({
    clock,
    onRoute: (id) => options.onRoute?.(id),
    onSilent: (id, route) => options.onRouteSilent?.(id, route),
  });
  const serving = createServing({ ...options, decisions, peers: options.peers ?? createPeers() });
  let generation = 0;
  let services: ReadonlyMap<string, ProxiedService> = new Map();
  let byId: ReadonlyMap<string, ProxiedService> = new Map();
  let main: Listener | undefined;
  let tls: TlsDoor | undefined;
  const setting = { inspector, serving, pool, limits, generation: () => generation, onBug };
  const localUrl = (name: string) =>
    `${tls === undefined ? 'http' : 'https'}://${name}.localhost:${main?.port ?? 0}`;
  const replays = createReplays({ inspector, serving, pool, service: (id) => byId.get(id), ticks });

  /** The service that a host means at a door: the main one knows all names, a port of its own only its service. */
  function serviceAt(own: string | undefined, host: string | undefined): ProxiedService | undefined {
    const asked = readHost(host);
    if (own === undefined) return asked.kind === 'service' ? services.get(asked.name) : undefined;
    const service = byId.get(own);
    const isMeant = asked.kind === 'index' || (asked.kind === 'service' && asked.name === service?.name);
    return isMeant ? service : undefined;
  }

  const doorFor = (own: string | undefined): Door => ({
    service: (host) => serviceAt(own, host),
    named(host) {
      const service = own === undefined ? undefined : byId.get(own);
      const state = own === undefined ? undefined : ownPorts.get(own);
      if (service === undefined || state?.kind !== 'listening' || readHost(host).kind !== 'index')
        return undefined;
      return `${tls === undefined ? 'http' : 'https'}://${service.name}.localhost:${state.port}`;
    },
    page: (host) => (language) => {
      const asked = readHost(host);
      if (asked.kind === 'foreign' || own !== undefined) return refusalPage('foreign', language);
      const list = [...services.values()].map((service) => ({
        service,
        url: localUrl(service.name),
        decision: decisions.get(service.id),
      }));
      return listPage(list, asked.kind === 'service' ? asked.name : undefined, language);
    },
  });
  const handlerFor = (own: string | undefined) => {
    const door = doorFor(own);
    return (socket: Socket) => {
      const secure = tls;
      const serve = (client: Socket, at: Door) => void new ClientConnection(client, at, setting);
      serve(
        socket,
        secure === undefined
          ? door
          : { ...door, secure: (raw) => secure.enter(raw, (opened) => serve(opened, door)) },
      );
    };
  };
  const ownPorts = createOwnPorts({
    open: (id, port) => listen(port, handlerFor(id), limits),
    onChange: (id) => options.onOwnPort?.(id),
  });

  return {
    inspector,
    replays,
    async start(wanted) {
      const handler = handlerFor(undefined);
      main =
        (await listen(wanted, handler, limits)) ??
        (wanted === 0 ? undefined : await listen(0, handler, limits));
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
      pool.close();
      const open = main;
      main = undefined;
      await Promise.all([open?.close(), ownPorts.stop()]);
    },
  };
}
