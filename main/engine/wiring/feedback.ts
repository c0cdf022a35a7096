import { readServiceId } from '../../../shared/model/service.ts';
import { own } from '../../../shared/own.ts';
import { auditable } from '../audit/index.ts';
import type { ReachableService } from '../services/index.ts';
import { proxied } from '../services/index.ts';
import type { Capabilities } from './assemble.ts';

/** The story of the running engine: who does what when something happens. Every edge is heard here and nowhere else. */
export function subscribeFeedback(engine: Capabilities): void {
  const { edges, memory, published, session, loginKeys, containers, ssh, wanted } = engine;
  const { looks, launching, audit, availability, kinds, health, proxy, local, localFront, board } = engine;

  // An account opens: its containers are asked for. Its token is good again: what waited for one goes on.
  edges.accountOpened.hear(() => {
    containers.start();
    void loginKeys.recall();
  });
  edges.accountRenewed.hear(() => {
    looks.again();
    wanted.renewed();
    void containers.refresh();
  });
  // It closes: nothing of it runs on or stays in sight.
  edges.accountClosing.hear(async () => {
    engine.comparisonQueue.cancel();
    audit.cancel();
    audit.keepOnly(new Map());
    containers.stop();
    await containers.flush();
    await wanted.closeAll();
    for (const { id } of containers.list()) ssh.drop(id);
    published.replace('containers', []);
    published.set('loginKey', { kind: 'none' });
    published.replace('services', []);
    published.replace('availability', []);
    launching.forget();
  });
  // It is given up: so is what was kept of its services.
  const isOf = (gone: ReadonlySet<string>) => (serviceId: string) =>
    gone.has(readServiceId(serviceId)?.containerId ?? '');
  edges.containersForgotten.hear(async (gone) => audit.forget(isOf(gone)));
  edges.containersForgotten.hear((gone) => local.forgetServices(isOf(gone)));
  edges.containersForgotten.hear(async (gone) => availability.forget(isOf(gone)));
  edges.containersForgotten.hear((gone) => engine.comparisonHistory.forgetServices(isOf(gone)));

  // The list of containers arrives: links to what no longer runs end, new runs are looked at, wanted tunnels open.
  edges.containersHeard.hear(({ containers: list, reach, isNews }) => {
    session.noteReach(reach);
    for (const { id, status } of list) if (status.kind !== 'running') ssh.drop(id);
    looks.follow(
      list.map(({ id, runId, status, ssh: endpoint }) => ({
        id,
        runId,
        reachable: status.kind === 'running' && endpoint !== undefined,
      })),
    );
    wanted.follow(list);
    // A new run has another port and another key: the names for ssh stand for it at once.
    void engine.sshAliases.refresh();
    if (isNews) board.dirty();
    else board.dirtyLater();
  });

  edges.connectionsChanged.hear(() => void engine.sshAliases.refresh());

  // Something else listens, or was started: both tell whether what was started listens.
  edges.lookChanged.hear(({ containerId, look }) => containers.setLook(containerId, look));
  edges.listeningSeen.hear(() => {
    board.dirty();
    launching.publish();
  });
  edges.launchesChanged.hear(() => {
    launching.publish();
    engine.gates.follow(launching.launcher.list());
    board.dirty();
  });

  // A service that answered does not any more: perhaps its container has ended.
  edges.healthChanged.hear(({ id, isNews }) => {
    if (!isNews) return board.dirtyLater();
    board.dirty();
    if (Object.values(health.get(id)).some(({ state }) => state === 'degraded')) containers.doubt();
  });
  edges.localChanged.hear(() => {
    localFront.publish();
    board.dirty();
  });
  // Somebody else is asked for, or nobody any more: what a stranger gets there is asked for anew.
  edges.gateChecked.hear((id) => {
    if (published.read().audit.kind === 'idle') audit.start(auditable(board.list(), new Set([id])));
    board.dirty();
  });
  edges.serviceNews.hear(() => board.dirty());

  // Services are joined anew: what is watched, offered and served follows, and the window is told.
  edges.servicesJoined.hear((services) => {
    health.watch(services.map(watched));
    audit.keepOnly(
      new Map(
        services.flatMap(({ service, public: mapping }) => (mapping ? [[service.id, mapping.url]] : [])),
      ),
    );
    availability.follow(services.map(({ service }) => service.id));
    kinds.follow(services);
    const inUse = new Set(services.filter(isInUse).map(({ service }) => service.id));
    launching.offers.follow(looks.listening(), (id) => inUse.has(id));
    launching.follow();
    const { routes } = memory.read();
    /** A container that ended or only begins is no lost link: who asks is told at once. */
    const stopped = new Map(
      containers
        .list()
        .filter(({ status }) => status.kind !== 'running')
        .map(({ id, name, status }) => [id, { container: name, begins: status.kind === 'pending' }]),
    );
    proxy.set(
      services
        .filter(({ service }) => service.protocol !== 'tcp')
        .map((entry) =>
          proxied(entry, {
            choice: own(routes, entry.service.id) ?? 'auto',
            rules: local.rules(entry.service.id, entry.service.kindName),
            ownPort: local.ownPort(entry.service.id),
            stopped: stopped.get(entry.service.containerId),
            allowsCrossSite: local.allowsCrossSite(entry.service.id),
          }),
        ),
    );
    published.replace(
      'services',
      services.map(({ service }) => service),
    );
  });
}

const watched = ({ service, public: mapping, tunnel }: ReachableService) => ({
  id: service.id,
  public: mapping,
  tunnel,
  tunnelHost: service.containerId,
  protocol: service.protocol,
  isLeftAlone: service.isLeftAlone,
});

/** Somebody reaches it already, or soon: nothing has to be offered for its port. */
const isInUse = ({ service }: ReachableService): boolean =>
  service.exposure.kind === 'mapped' ||
  service.exposure.kind === 'pending' ||
  service.tunnel.state.kind !== 'closed';
