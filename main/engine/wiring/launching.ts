import type { Containers } from '../containers/index.ts';
import {
  createLauncher,
  createLaunchWatch,
  createOffers,
  createOwnRecipes,
  type Launcher,
  type LaunchWatch,
  type Offers,
  type OwnRecipes,
} from '../launcher/index.ts';
import { createLooks, type Looks, look } from '../listening/index.ts';
import type { Ssh } from '../ssh/index.ts';
import type { Ground } from './ground.ts';

export interface Launching {
  readonly looks: Looks;
  readonly launcher: Launcher;
  readonly launchWatch: LaunchWatch;
  readonly offers: Offers;
  readonly ownRecipes: OwnRecipes;
  /** The list of containers, or what was seen in them, has changed. */
  follow(): void;
  /** The account closes: nothing of its containers is known any more. */
  forget(): void;
}

/** What listens in the containers, what was started there, and what could be. */
export function createLaunching(
  { options, memory, published, dirty }: Ground,
  use: { readonly ssh: Ssh; readonly containers: Containers },
): Launching {
  const { clock, random } = options;
  const { ssh, containers } = use;
  const looks = createLooks({
    clock,
    look: (id, signal) =>
      look(
        (command, inner) => ssh.exec(id, command, { signal: inner, timeoutMs: 10_000, maxBytes: 1_000_000 }),
        signal,
      ),
    onState: (id, state) => containers.setLook(id, state),
    onSeen() {
      dirty();
      publish();
    },
  });
  const launcher = createLauncher({
    exec: (id, command, how) => ssh.exec(id, command, how),
    clock,
    random,
    onChange() {
      publish();
      dirty();
    },
    async listening(id, signal) {
      await looks.quietly(id, signal);
      return looks.listening().get(id) ?? [];
    },
    isMapped(id, port) {
      const container = containers.get(id);
      const now = container?.pendingMappings ?? container?.mappings;
      return now !== undefined && now !== 'unknown' && now.some((mapping) => mapping.port === port);
    },
  });

  /** A service listens when its port does: what a look saw belongs to what the launcher knows. */
  function publish() {
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
  const asked = new Map<string, string>();

  return {
    looks,
    launcher,
    launchWatch,
    offers,
    ownRecipes,
    follow() {
      const running = containers
        .list()
        .filter(({ status, ssh: endpoint }) => status.kind === 'running' && endpoint !== undefined);
      launcher.keepOnly(containers.list().map(({ id }) => id));
      launchWatch.follow(running.map(({ id }) => id));
      for (const { id, runId, look: seen } of running) {
        if (seen.kind !== 'done' || asked.get(id) === runId) continue;
        asked.set(id, runId);
        void launcher.refresh(id, AbortSignal.timeout(30_000));
      }
    },
    forget() {
      launcher.keepOnly([]);
      asked.clear();
      offers.follow(new Map(), () => false);
    },
  };
}
