import { randomUUID } from 'node:crypto';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { findRecipe } from '../../shared/launch/index.ts';
import type { Mapping } from '../../shared/model/container.ts';
import type { Lab } from '../../shared/model/lab.ts';
import { fail, ok } from '../../shared/result.ts';
import { type Audit, createAudit } from './audit/index.ts';
import {
  compare,
  createHistory,
  createLabDesk,
  historySchema,
  type LabDesk,
  type LabHistory,
} from './compare/index.ts';
import { type Connections, createConnections, idOf } from './connections/index.ts';
import { type Containers, createContainers, createLastKnown } from './containers/index.ts';
import type { EngineOptions } from './engine.ts';
import {
  type AvailabilityLog,
  availabilityFileSchema,
  createAvailability,
  createHealth,
  createHostBudget,
  type Health,
  isAnswer,
  probePublic,
  probeTunnel,
} from './health/index.ts';
import { createKeptFile } from './kept-file.ts';
import {
  createLauncher,
  createLaunchWatch,
  createOffers,
  createOwnRecipes,
  type Launcher,
  type LaunchWatch,
  look,
  type Offers,
  type OwnRecipes,
} from './launcher/index.ts';
import { createLlm, type Llm } from './llm/index.ts';
import { createLocalAddresses, createTrustStore, type LocalAddresses } from './local-addresses/index.ts';
import { openLocalPlatform } from './local-seat.ts';
import { createMappings, type Mappings } from './mappings/index.ts';
import { createMemory, type EngineMemory, hostRun } from './memory.ts';
import { isLoopback, isOffline } from './offline.ts';
import { ownAgent, ownSshFiles } from './own-ssh-files.ts';
import { type BundledProxy, createProxy } from './proxy/index.ts';
import { createKinds } from './recognise/index.ts';
import { measureService } from './services/compare-service.ts';
import {
  type Board,
  createBoard,
  createLooks,
  type Looks,
  proxied,
  serviceName,
  withTunnelSteps,
} from './services/index.ts';
import { createSession, type SessionControl } from './session/index.ts';
import { createSsh, createTunnels, type Ssh, type Tunnels } from './ssh/index.ts';
import { createPublishedState, type PublishedState } from './state/published-state.ts';
import { showTemplates } from './templates.ts';
import { createWantedTunnels, type WantedTunnels } from './wanted-tunnels.ts';

/** The engine's parts, put together. Who knows what stands here and nowhere else. */
export interface Capabilities {
  readonly published: PublishedState;
  readonly memory: EngineMemory;
  readonly session: SessionControl;
  readonly containers: Containers;
  readonly mappings: Mappings;
  readonly ssh: Ssh;
  readonly connections: Connections;
  readonly tunnels: Tunnels;
  readonly wanted: WantedTunnels;
  readonly health: Health;
  readonly audit: Audit;
  readonly proxy: BundledProxy;
  readonly local: LocalAddresses;
  readonly looks: Looks;
  readonly board: Board;
  readonly llm: Llm;
  readonly launcher: Launcher;
  readonly launchWatch: LaunchWatch;
  readonly offers: Offers;
  readonly ownRecipes: OwnRecipes;
  /** A folder of Gearway's own, for what it writes for a person. */
  readonly folder: string;
  readonly compare: typeof compare;
  readonly labDesk: LabDesk;
  readonly labHistory: LabHistory;
  /** What the lab measured last of each service, since the engine started. */
  readonly labs: Map<string, Lab>;
  readonly clock: EngineOptions['clock'];
  /** A free local name for a service that was typed in. */
  nameFor(containerId: string, port: number): string;
  start(): Promise<void>;
  setHidden(hidden: boolean): void;
  nudge(): void;
  stop(): Promise<void>;
}

/** Where the proxy listens unless somebody else does already. */
const usualProxyPort = 7700;

export function createCapabilities(options: EngineOptions): Capabilities {
  const { clock, random, log } = options;
  const memory = createMemory(options.memory, options.remember);
  const published = createPublishedState({ epoch: options.epoch, clock, notify: options.notify });
  let edgeCa: string | undefined;

  const session = createSession({
    memory,
    secrets: options.secrets,
    clock,
    log,
    fetch: options.fetch,
    openLocal: async () => {
      const opened = await openLocalPlatform(options);
      edgeCa = opened.ok ? opened.value.edge.ca : undefined;
      return opened;
    },
    bayesFile: options.bayesFile ?? join(homedir(), '.openbayes', 'config.yaml'),
    publish(session, accounts) {
      published.set('session', session);
      published.replace('accounts', accounts);
    },
    onOpen: () => containers.start(),
    onRenewed: () => void containers.refresh(),
    forgetContainers() {
      const gone = new Set(containers.list().map(({ id }) => id));
      const { tunnels: wantedTunnels, pendingMappings, notedMappings } = memory.read();
      const others = <T>(of: Readonly<Record<string, T>>) =>
        Object.fromEntries(Object.entries(of).filter(([id]) => !gone.has(id)));
      memory.update({
        tunnels: wantedTunnels.filter(
          ({ serviceId }) => !gone.has(serviceId.slice(0, serviceId.lastIndexOf(':'))),
        ),
        pendingMappings: others(pendingMappings),
        notedMappings: others(notedMappings),
      });
    },
    async onClose() {
      labDesk.cancel();
      labs.clear();
      audit.cancel();
      audit.keepOnly(new Map());
      containers.stop();
      await containers.flush();
      edgeCa = undefined;
      await wanted.closeAll();
      for (const container of containers.list()) ssh.drop(container.id);
      published.replace('containers', []);
      published.replace('services', []);
      published.replace('availability', []);
      launcher.keepOnly([]);
      launchesAsked.clear();
      offers.follow(new Map(), () => false);
    },
  });

  /** Lists by container that outlive the engine. */
  const keptMappings = (key: 'pendingMappings' | 'notedMappings') => ({
    read: (id: string) => memory.read()[key][id],
    write(id: string, mappings: readonly Mapping[] | undefined) {
      const { [id]: _old, ...rest } = memory.read()[key];
      memory.update({ [key]: mappings === undefined ? rest : { ...rest, [id]: [...mappings] } });
      board.dirty();
    },
  });

  /** Nothing outside can be reached, and this account is outside. */
  function isAway(): boolean {
    const account = session.account();
    return account !== undefined && !isLoopback(account.instance.origin) && (options.offline ?? isOffline)();
  }

  const containers = createContainers({
    client: () => session.client(),
    clock,
    random,
    log,
    pending: keptMappings('pendingMappings'),
    notes: keptMappings('notedMappings'),
    facts: () => session.facts() ?? { owner: '' },
    refused: (error) => session.noteError(error),
    lastKnown: createLastKnown({
      folder: join(options.folder, 'last-known'),
      key() {
        const account = session.account();
        return account === undefined ? undefined : `${account.id} ${account.party?.id ?? ''}`;
      },
      clock,
      log,
    }),
    offline: isAway,
    publish(list, reach) {
      published.replace('containers', list);
      session.noteReach(reach);
      for (const container of list) if (container.status.kind !== 'running') ssh.drop(container.id);
      looks.follow(
        list.map(({ id, runId, status, ssh: endpoint }) => ({
          id,
          runId,
          reachable: status.kind === 'running' && endpoint !== undefined,
        })),
      );
      wanted.follow(list);
      board.dirty();
    },
  });

  const ssh = createSsh({
    endpoint: (key, signal) =>
      idOf(key) === undefined ? containers.sshEndpoint(key, signal) : connections.endpoint(key, signal),
    onLink: (key, link) => connections.noteLink(key, link),
    onRefused: (key, error) => connections.noteRefused(key, error),
    hostKeys: { pin: memory.pin, remember: memory.remember },
    readyMs: options.sshReadyMs,
    clock,
    random,
    log,
  });
  const tunnels = createTunnels({
    ssh,
    clock,
    random,
    onChange(id) {
      if (id.startsWith('forward ')) connections.dirty();
      else board.dirty();
    },
  });
  const connections = createConnections({
    memory,
    secrets: options.secrets,
    ssh: () => ssh,
    tunnels: () => tunnels,
    files: options.sshFiles ?? ownSshFiles(),
    agent: options.sshAgent ?? ownAgent(),
    userName: userInfo().username,
    runOf: hostRun,
    clock,
    newId: randomUUID,
    log,
    publish: (list) => published.replace('connections', list),
  });
  const wanted = createWantedTunnels({ memory, tunnels, log });

  const looks = createLooks({
    clock,
    look: (id, signal) =>
      look(
        (command, inner) => ssh.exec(id, command, { signal: inner, timeoutMs: 10_000, maxBytes: 1_000_000 }),
        signal,
      ),
    onState: (id, state) => containers.setLook(id, state),
    onSeen: () => {
      board.dirty();
      publishLaunches();
    },
  });

  const launcher = createLauncher({
    exec: (id, command, how) => ssh.exec(id, command, how),
    clock,
    random,
    onChange: () => {
      publishLaunches();
      board.dirty();
    },
    async listening(id, signal) {
      await looks.quietly(id, signal);
      return looks.listening().get(id) ?? [];
    },
    isMapped: (id, port) => {
      const container = containers.get(id);
      const now = container?.pendingMappings ?? container?.mappings;
      return now !== undefined && now !== 'unknown' && now.some((mapping) => mapping.port === port);
    },
  });
  /** A service listens when its port does: what a look saw belongs to what the launcher knows. */
  function publishLaunches() {
    const listening = looks.listening();
    published.replace(
      'launches',
      launcher.list().map((launch) => {
        const seen = listening.get(launch.containerId);
        if (launch.state.kind !== 'running' || launch.port === undefined || seen === undefined) return launch;
        const listens = seen.some(({ port }) => port === launch.port);
        return { ...launch, state: { ...launch.state, listens } };
      }),
    );
  }
  const launchWatch = createLaunchWatch({
    clock,
    isLinked: (id) => ssh.isLinked(id),
    launches: () => Object.values(published.read().launches),
    refresh: (id, signal) => launcher.refresh(id, signal),
    look: (id, signal) => looks.quietly(id, signal),
  });
  const offers = createOffers({
    clock,
    answers: () => memory.read().portAnswers,
    remember: (portAnswers) => memory.update({ portAnswers }),
    onChange: () => published.replace('offers', offers.list()),
  });
  const ownRecipes = createOwnRecipes({
    read: () => memory.read().recipes,
    write(recipes) {
      memory.update({ recipes: [...recipes] });
      published.set('recipes', recipes);
    },
    random,
  });
  published.set('recipes', ownRecipes.list());
  /** Containers whose started services were asked for in this run. */
  const launchesAsked = new Map<string, string>();
  const followLaunches = () => {
    const running = containers
      .list()
      .filter(({ status, ssh: endpoint }) => status.kind === 'running' && endpoint !== undefined);
    launcher.keepOnly(containers.list().map(({ id }) => id));
    launchWatch.follow(running.map(({ id }) => id));
    for (const { id, runId, look: seen } of running) {
      if (seen.kind !== 'done' || launchesAsked.get(id) === runId) continue;
      launchesAsked.set(id, runId);
      void launcher.refresh(id, AbortSignal.timeout(30_000));
    }
  };

  const budget = createHostBudget({ clock });
  const audit: Audit = createAudit({
    clock,
    budget,
    onState: (state) => published.set('audit', state),
    onReports(reports) {
      published.replace('audits', reports);
      board.dirty();
    },
  });
  const availability: AvailabilityLog = createAvailability({
    clock,
    file: createKeptFile({
      path: join(options.folder, 'availability.json'),
      parse: (value) => availabilityFileSchema.parse(value),
      log,
    }),
    publish: (all) => published.replace('availability', all),
  });
  const health = createHealth({
    clock,
    random,
    budget,
    isOffline: isAway,
    onChange: () => board.dirty(),
    onFacts: (id, route, facts, holdsMs) => availability.note(id, route, isAnswer(facts), facts.at, holdsMs),
    probePublic,
    async probeTunnel(id, target, how) {
      const facts = await probeTunnel(target, how);
      return withTunnelSteps(facts, { state: tunnels.get(id)?.state, transport: tunnels.transport(id) });
    },
  });
  const kinds = createKinds({ onChange: () => board.dirty() });

  const proxy = createProxy({
    clock,
    log,
    onRoute: () => board.dirty(),
    onRouteFailure: (id, route, error) => health.noteFailure(id, route, error),
    openTunnel: (id, signal) => openForProxy(id, signal),
    credential: (id) => local.credential(id),
    onOwnPort: () => board.dirty(),
  });

  const local = createLocalAddresses({
    memory,
    secrets: options.secrets,
    proxy: () => proxy,
    trust: createTrustStore(),
    folder: options.folder,
    clock,
    log,
    onChange() {
      publishProxy();
      board.dirty();
    },
  });

  /** The person chose the tunnel, or nothing else works: a request at the local address opens it. */
  async function openForProxy(id: string, signal: AbortSignal) {
    const opened = await wanted.open(id, undefined, signal);
    return opened.ok ? ok(opened.value) : opened;
  }

  const labs = new Map<string, Lab>();
  const labHistory = createHistory(
    createKeptFile({
      path: join(options.folder, 'comparisons.json'),
      parse: (value) => historySchema.parse(value),
      log,
    }),
  );
  const labDesk: LabDesk = createLabDesk({
    measure: (id, how) =>
      measureService({ board, tunnels, containers, compare, clock, memory, labDesk, labs }, id, how),
    history: labHistory,
    clock,
    newId: randomUUID,
    publish: (state) => published.set('lab', state),
  });

  const llm = createLlm({
    clock,
    onChats: () => published.replace('chats', llm.chats()),
    onSpeed: (state) => published.set('speed', state),
    async targetOf(id, route, signal) {
      const entry = board.get(id);
      if (entry === undefined) return fail('service_not_found');
      const key = local.credential(id);
      if (route === 'public')
        return entry.public === undefined ? fail('address_absent') : ok({ ...entry.public, key });
      if (route === 'local') {
        const url = proxy.url(entry.service.name);
        return url === undefined ? fail('address_absent') : ok({ url, key });
      }
      const opened = entry.tunnel === undefined ? await wanted.open(id, undefined, signal) : ok(entry.tunnel);
      return opened.ok ? ok({ url: `http://${opened.value.host}:${opened.value.port}`, key }) : opened;
    },
  });

  const board = createBoard({
    clock,
    memory,
    sources: {
      account: () => session.account(),
      edgeCa: () => edgeCa,
      containers: () => containers.list(),
      listening: () => looks.listening(),
      tunnel: (id) => tunnels.get(id),
      health: (id) => health.get(id),
      decision: (id) => proxy.decision(id),
      localDetails: ({ id, clash }, kindName) => local.details(id, kindName, clash),
      localUrl: (name) => proxy.url(name),
      lab: (id) => labs.get(id),
      kind: (id) => kinds.get(id),
      audit: (id) => audit.report(id),
      launches: (containerId) =>
        launcher
          .list()
          .filter((launch) => launch.containerId === containerId)
          .map(({ port, state, recipe }) => ({
            port,
            running: state.kind === 'running',
            loadsModel: findRecipe(recipe)?.loadsModel === true,
          })),
    },
    distribute(services) {
      health.watch(
        services.map((entry) => ({
          id: entry.service.id,
          public: entry.public,
          tunnel: entry.tunnel,
          tunnelHost: entry.service.containerId,
          protocol: entry.service.protocol,
        })),
      );
      audit.keepOnly(
        new Map(
          services.flatMap(({ service, public: mapping }) => (mapping ? [[service.id, mapping.url]] : [])),
        ),
      );
      availability.follow(services.map(({ service }) => service.id));
      kinds.follow(services);
      const inUse = new Set(
        services
          .filter(
            ({ service }) =>
              service.exposure.kind === 'mapped' ||
              service.exposure.kind === 'pending' ||
              service.tunnel.state.kind !== 'closed',
          )
          .map(({ service }) => service.id),
      );
      offers.follow(looks.listening(), (id) => inUse.has(id));
      followLaunches();
      const { routes } = memory.read();
      proxy.set(
        services
          .filter((entry) => entry.service.protocol !== 'tcp')
          .map((entry) =>
            proxied(entry, {
              choice: routes[entry.service.id] ?? 'auto',
              rules: local.rules(entry.service.id, entry.service.kindName),
              ownPort: local.ownPort(entry.service.id),
            }),
          ),
      );
    },
    publish: (services) => published.replace('services', services),
  });

  let proxyPort: number | undefined;
  function publishProxy() {
    if (proxyPort !== undefined)
      published.set('proxy', { kind: 'listening', port: proxyPort, ...local.https() });
  }

  async function startProxy() {
    const wantedPort = memory.read().proxyPort ?? usualProxyPort;
    const started = await proxy.start(wantedPort);
    if (!started.ok) {
      log('warn', 'proxy.notStarted', { code: started.error.code });
      published.set('proxy', { kind: 'failed', error: started.error });
      return;
    }
    // A port taken for once (a second window, another program) is no reason to move the addresses for ever.
    if (memory.read().proxyPort === undefined) memory.update({ proxyPort: started.value.port });
    proxyPort = started.value.port;
    publishProxy();
    board.dirty();
  }

  return {
    published,
    memory,
    session,
    containers,
    mappings: createMappings({ containers, facts: () => session.facts() }),
    ssh,
    connections,
    tunnels,
    wanted,
    health,
    audit,
    proxy,
    local,
    looks,
    board,
    llm,
    launcher,
    launchWatch,
    offers,
    ownRecipes,
    folder: options.folder,
    compare,
    labDesk,
    labHistory,
    labs,
    clock,
    nameFor(containerId, port) {
      const container = containers.get(containerId)?.name ?? 'service';
      return serviceName({ containerName: container, port, known: memory.read().services });
    },
    async start() {
      showTemplates(published, memory);
      await availability.start();
      await Promise.all([startProxy(), local.start(), connections.start(), session.restore()]);
    },
    setHidden(hidden) {
      containers.setHidden(hidden);
      health.setHidden(hidden);
      availability.setHidden(hidden);
      launchWatch.setHidden(hidden);
    },
    nudge() {
      ssh.nudge();
      health.nudge();
      if (session.account() !== undefined) void containers.refresh();
    },
    async stop() {
      labDesk.stop();
      audit.stop();
      looks.stop();
      launchWatch.stop();
      llm.stop();
      kinds.stop();
      health.stop();
      board.stop();
      containers.stop();
      await availability.stop();
      await proxy.stop();
      await tunnels.stop();
      await ssh.stop();
      await session.stop();
      await containers.flush();
      published.flush();
    },
  };
}
