import { findRecipe } from '../../../shared/launch/index.ts';
import type { Containers } from '../containers/index.ts';
import { type Board, createBoard, proxied, type ReachableService } from '../services/index.ts';
import type { AccountSide } from './account-side.ts';
import type { Comparing } from './comparing.ts';
import type { Ground } from './ground.ts';
import type { Launching } from './launching.ts';
import type { LocalSide } from './local-side.ts';
import type { SshSide } from './ssh-side.ts';
import type { Watching } from './watching.ts';

/** Joins what every part knows of a service, and tells every part which services there are. */
export function createServices(
  { options: { clock }, memory, published }: Ground,
  use: {
    readonly account: AccountSide;
    readonly containers: Containers;
    readonly sshSide: SshSide;
    readonly launching: Launching;
    readonly watching: Watching;
    readonly localSide: LocalSide;
    readonly comparing: Comparing;
  },
): Board {
  const { health, availability, audit, kinds } = use.watching;
  const { looks, launcher, offers } = use.launching;
  const { proxy, local } = use.localSide;

  function distribute(services: readonly ReachableService[]) {
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
    const inUse = new Set(services.filter(isInUse).map(({ service }) => service.id));
    offers.follow(looks.listening(), (id) => inUse.has(id));
    use.launching.follow();
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
  }

  return createBoard({
    clock,
    memory,
    sources: {
      account: () => use.account.session.account(),
      edgeCa: () => use.account.edgeCa(),
      containers: () => use.containers.list(),
      listening: () => looks.listening(),
      tunnel: (id) => use.sshSide.tunnels.get(id),
      health: (id) => health.get(id),
      decision: (id) => proxy.decision(id),
      localDetails: ({ id, clash }, kindName) => local.details(id, kindName, clash),
      localUrl: (name) => proxy.url(name),
      lab: (id) => use.comparing.labs.get(id),
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
    distribute,
    publish: (services) => published.replace('services', services),
  });
}

/** Somebody reaches it already, or soon: nothing has to be offered for its port. */
const isInUse = ({ service }: ReachableService): boolean =>
  service.exposure.kind === 'mapped' ||
  service.exposure.kind === 'pending' ||
  service.tunnel.state.kind !== 'closed';
