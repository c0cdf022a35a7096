import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { findRecipe } from '../../../shared/launch/index.ts';
import { readServiceId } from '../../../shared/model/service.ts';
import { createAccount } from '../account/index.ts';
import { auditFileSchema, createAudit } from '../audit/index.ts';
import { createBin } from '../base/bin.ts';
import { createKeptFile } from '../base/kept-file.ts';
import { createMemory, hostRun } from '../base/memory.ts';
import { createPublishedState } from '../base/published-state.ts';
import { setPlatformHost } from '../base/service-names.ts';
import { createComparing, createHistory, createLatestMeasured, historySchema } from '../comparison/index.ts';
import { createConnections, ownAgent } from '../connections/index.ts';
import { type Containers, createAccountContainers } from '../containers/index.ts';
import { createGateBook, createGates } from '../gate/index.ts';
import {
  asStranger,
  availabilityFileSchema,
  createAvailability,
  createHealth,
  createHostBudget,
  factsOfPort,
  getPath,
  isAnswer,
  probePublic,
  probeTunnel,
} from '../health/index.ts';
import { createLaunching } from '../launcher/index.ts';
import { createLooks, look } from '../listening/index.ts';
import { createModels } from '../llm/index.ts';
import {
  createLocalAddresses,
  createLocalFront,
  createServiceKeys,
  createTrustStore,
} from '../local-addresses/index.ts';
import { createMappings, createTemplates } from '../mappings/index.ts';
import { createProxy } from '../proxy/index.ts';
import { createKinds } from '../recognise/index.ts';
import {
  createBoard,
  createKnownServices,
  type ReachableService,
  withTunnelSteps,
} from '../services/index.ts';
import {
  createSsh,
  createTunnels,
  createWantedTunnels,
  type Ssh,
  type SshSource,
  type Survival,
} from '../ssh/index.ts';
import { aliasesOf, createSshAliases } from '../ssh-aliases/index.ts';
import { ownSshFiles, ownSurroundings } from '../ssh-config/index.ts';
import { createSurvival } from '../survive/index.ts';
import { createEdges } from './edges.ts';
import type { EngineOptions } from './engine-options.ts';

export type Capabilities = ReturnType<typeof assemble>;

/**
 * Makes the engine's parts in the order of their dependencies: each is given what stands above it, and nothing else.
 * What has to run the other way goes over an edge (`edges.ts`), and who listens there is told in `feedback.ts`.
 */
export function assemble(options: EngineOptions) {
  const { clock, random, log, secrets, folder } = options;
  const edges = createEdges();
  const news = () => void edges.serviceNews.tell();
  const memory = createMemory(options.memory, options.remember);
  const published = createPublishedState({ epoch: options.epoch, clock, notify: options.notify });
  const bin = createBin({ clock, epoch: options.epoch });
  /** A file of the engine's own that outlives it. */
  const keptFile = <T>(name: string, schema: { parse(value: unknown): T }) =>
    createKeptFile<T>({ path: join(folder, name), parse: (value) => schema.parse(value), log });

  // Who is signed in, and what that account has.
  const { session, loginKeys, edgeCa, isAway } = createAccount({
    ...{ memory, secrets, published, clock, log, folder },
    fetch: options.fetch,
    bayesFile: options.bayesFile,
    offline: options.offline,
    onOpen: edges.accountOpened.tell,
    onRenewed: edges.accountRenewed.tell,
    onForget: edges.containersForgotten.tell,
    onClose: edges.accountClosing.tell,
  });
  setPlatformHost(() => {
    const account = session.account();
    return account === undefined ? undefined : new URL(account.instance.origin).hostname;
  });
  const containers = createAccountContainers({
    ...{ memory, published, clock, random, log, folder, session, isAway },
    loginKey: () => loginKeys.key(),
    onHeard: edges.containersHeard.tell,
    onEdited: news,
  });
  const mappings = createMappings({ containers, facts: () => session.facts() });
  const templates = createTemplates({ memory, publish: (list) => published.set('templates', list) });

  // SSH: to containers, and to machines that belong to no platform.
  const openSsh = (source: SshSource) =>
    createSsh({ ...source, hostKeys: memory, readyMs: options.sshReadyMs, clock, random, log });
  const openTunnels = (over: Ssh, onChange: () => void, survives?: (id: string) => Survival | undefined) =>
    createTunnels({ ssh: over, clock, random, onChange, survival: survives });
  const ssh = openSsh({ endpoint: (id, signal) => containers.sshEndpoint(id, signal) });
  const survival = createSurvival({ ssh, clock });
  const isPlain = (id: string) =>
    memory.read().tunnels.find(({ serviceId }) => serviceId === id)?.plain === true;
  const tunnels = openTunnels(ssh, news, (id) => (isPlain(id) ? undefined : survival));
  const wanted = createWantedTunnels({ memory, tunnels, log });
  const userName = userInfo().username;
  const sshFiles = options.sshFiles ?? ownSshFiles();
  const connections = createConnections({
    ...{ memory, secrets, openSsh, openTunnels, clock, log },
    files: sshFiles,
    around: ownSurroundings(sshFiles.home),
    agent: () => options.sshAgent ?? ownAgent(userName),
    runOf: hostRun,
    newId: randomUUID,
    publish(list) {
      published.replace('connections', list);
      edges.connectionsChanged.tell();
    },
  });
  const sshAliases = createSshAliases({
    home: sshFiles.home,
    folder,
    isOn: () => memory.read().sshAliases,
    setOn: (on) => memory.update({ sshAliases: on }),
    async loginKey() {
      const key = await loginKeys.key();
      return key?.text;
    },
    aliases: (loginKey) =>
      aliasesOf({
        containers: containers.list(),
        connections: memory.read().connections,
        pin: memory.pin,
        runOf: ({ host, port, hostKeyAlias }) => hostRun(hostKeyAlias ?? host, port),
        loginKey,
      }),
  });

  // What listens in containers, and what is started there.
  const looks = createLooks({
    clock,
    look: (id, signal) =>
      look(
        (command, inner) => ssh.exec(id, command, { signal: inner, timeoutMs: 10_000, maxBytes: 1_000_000 }),
        signal,
      ),
    onState: (containerId, state) => edges.lookChanged.tell({ containerId, look: state }),
    onSeen: edges.listeningSeen.tell,
  });
  const launching = createLaunching({
    ...{ ssh, containers, looks, memory, published, clock, random },
    onChange: edges.launchesChanged.tell,
  });

  // What is asked of services from outside: whether they answer, what they are, and whom they answer.
  const budget = createHostBudget({ clock });
  const audit = createAudit({
    clock,
    budget,
    file: keptFile('audits.json', auditFileSchema),
    onState: (state) => published.set('audit', state),
    onReports(reports) {
      published.replace('audits', reports);
      news();
    },
  });
  const availability = createAvailability({
    clock,
    file: keptFile('availability.json', availabilityFileSchema),
    publish: (all) => published.replace('availability', all),
  });
  const kinds = createKinds({ clock, budget, onChange: news });
  const health = createHealth({
    ...{ clock, random, budget, probePublic },
    isOffline: isAway,
    onChange: (id, isNews) => edges.healthChanged.tell({ id, isNews }),
    onFacts: (id, route, facts, holdsMs) => availability.note(id, route, isAnswer(facts), facts.at, holdsMs),
    async probeTunnel(id, target, how) {
      // What is not known to be HTTP is not touched: its container says whether it listens.
      const facts =
        target.protocol === 'http'
          ? await probeTunnel(target, how)
          : factsOfPort(await tunnels.look(id, how.signal), readServiceId(id)?.port ?? 0, how.now());
      if (facts === undefined) return undefined;
      return withTunnelSteps(facts, { state: tunnels.get(id)?.state, transport: tunnels.transport(id) });
    },
  });

  const gateBook = createGateBook(clock);

  // The stable addresses on this computer.
  const keys = createServiceKeys(() => {
    const account = session.account();
    return account === undefined ? undefined : { origin: account.instance.origin, accountId: account.id };
  });
  const proxy = createProxy({
    clock,
    log,
    onRoute: news,
    onOwnPort: news,
    onRouteFailure: (id, route, error) => health.noteFailure(id, route, error),
    onRouteSilent: (id, route) => health.look(id, route),
    tunnelError(id) {
      const state = tunnels.get(id)?.state;
      return state !== undefined && 'error' in state ? state.error : undefined;
    },
    // The person chose the tunnel, or nothing else works: a request at the local address opens it.
    openTunnel: (id, signal) => wanted.open(id, undefined, signal),
    credential: (id) => keys.get(id),
    gateKey: (id) => gateBook.key(id),
  });
  const local = createLocalAddresses({
    ...{ memory, secrets, proxy, keys, folder, clock, log },
    trust: createTrustStore(),
    onChange: edges.localChanged.tell,
  });
  const localFront = createLocalFront({
    ...{ memory, published, clock, log, proxy, local },
    onListening: news,
  });

  // Services, joined from all of it.
  const comparisonHistory = createHistory(keptFile('comparisons.json', historySchema));
  const latestMeasured = createLatestMeasured({ history: comparisonHistory, clock });
  const board = createBoard({
    clock,
    memory,
    sources: {
      account: () => session.account(),
      edgeCa,
      containers: () => containers.list(),
      listening: () => looks.listening(),
      tunnel: (id) => tunnels.get(id),
      health: (id) => health.get(id),
      decision: (id) => proxy.decision(id),
      localDetails: ({ id, clash }, kindName) => local.details(id, kindName, clash),
      localUrl: (name) => proxy.url(name),
      measured: (id) => latestMeasured.get(id),
      kind: (id) => kinds.get(id),
      audit: (id) => audit.report(id),
      gate: (id) => gateBook.mark(id),
      gateKey: (id) => gateBook.key(id),
      launches: (containerId) =>
        launching.launcher
          .list()
          .filter((launch) => launch.containerId === containerId)
          .map(({ port, state, recipe }) => ({
            port,
            running: state.kind === 'running',
            loadsModel: findRecipe(recipe)?.loadsModel === true,
          })),
    },
    onJoined: edges.servicesJoined.tell,
  });
  const knownServices = createKnownServices({
    ...{ memory, containers, wanted, clock },
    onChange: news,
  });

  const gates = createGates({
    exec: (id, command, how) => ssh.exec(id, command, how),
    launcher: launching.launcher,
    find: (id) => guarded(board.get(id), containers),
    async listening(id, signal) {
      await looks.quietly(id, signal);
      return looks.listening().get(id);
    },
    ask: (target, signal) => getPath(asStranger(target), '/', signal, 5_000),
    ...{ book: gateBook, secrets, clock },
    publish(list) {
      published.replace('gates', list);
      news();
    },
    onChecked: edges.gateChecked.tell,
  });

  // What works with services as a whole.
  const models = createModels({ clock, published, board, wanted, local, proxy });
  const borrowed = openTunnels(ssh, () => {});
  const { comparisonQueue, compare } = createComparing({
    ...{ board, tunnels, borrowed, containers, latestMeasured, clock, published, log },
    pin: (runId) => memory.pin(runId),
    history: comparisonHistory,
    mostMs: options.mostMeasureMs,
  });

  return {
    ...{ edges, memory, published, bin, folder, clock },
    ...{ session, loginKeys, containers, mappings, templates },
    ...{ ssh, tunnels, wanted, connections, sshAliases, looks, launching },
    ...{ audit, availability, kinds, health, proxy, local, localFront },
    gates,
    ...{
      board,
      knownServices,
      models,
      borrowed,
      latestMeasured,
      comparisonHistory,
      comparisonQueue,
      compare,
    },
  };
}

/** A service as its gate needs to know it. */
function guarded(found: ReachableService | undefined, containers: Pick<Containers, 'get'>) {
  if (found === undefined) return undefined;
  const { service, public: target } = found;
  const { id, containerId, name, port, protocol, exposure } = service;
  const url = 'url' in exposure ? exposure.url : undefined;
  return {
    id,
    containerId,
    name,
    port,
    isTcp: protocol === 'tcp',
    runSince: containers.get(containerId)?.startedAt,
    url,
    target,
  };
}
