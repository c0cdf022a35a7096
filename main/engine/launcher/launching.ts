import type { Launch } from '../../../shared/model/launch.ts';
import type { Clock, Random } from '../base/effects.ts';
import type { EngineMemory } from '../base/memory.ts';
import type { PublishedState } from '../base/published-state.ts';
import type { Containers } from '../containers/index.ts';
import type { Looks } from '../listening/index.ts';
import type { Ssh } from '../ssh/index.ts';
import { createLauncher } from './launcher.ts';
import { createOffers, type Offers } from './offers.ts';
import { createOwnRecipes, type OwnRecipes } from './own-recipes.ts';
import type { Launcher } from './types.ts';
import { createLaunchWatch, type LaunchWatch } from './watch.ts';

/** What was started in the containers, and what could be. */
export interface Launching {
  readonly launcher: Launcher;
  readonly launchWatch: LaunchWatch;
  readonly offers: Offers;
  readonly ownRecipes: OwnRecipes;
  /** What was started, or what listens, has changed. */
  publish(): void;
  /** The list of containers, or what was seen in them, has changed. */
  follow(): void;
  /** The account closes: nothing of its containers is known any more. */
  forget(): void;
}

const refreshMs = 30_000;

export function createLaunching(options: {
  readonly ssh: Pick<Ssh, 'exec' | 'isLinked'>;
  readonly containers: Pick<Containers, 'get' | 'list'>;
  readonly looks: Pick<Looks, 'quietly' | 'listening'>;
  readonly memory: EngineMemory;
  readonly published: Pick<PublishedState, 'set' | 'replace' | 'read'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly onChange: () => void;
}): Launching {
  const { ssh, containers, looks, memory, published, clock, random } = options;

  const launcher = createLauncher({
    exec: (id, command, how) => ssh.exec(id, command, how),
    clock,
    random,
    onChange: options.onChange,
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
    publish: (list) => published.replace('offers', list),
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

  /** A service listens when its port does: what a look saw belongs to what the launcher knows. */
  function seen(launch: Launch): Launch {
    const listening = looks.listening().get(launch.containerId);
    if (launch.state.kind !== 'running' || launch.port === undefined || listening === undefined)
      return launch;
    const listens = listening.some(({ port }) => port === launch.port);
    return { ...launch, state: { ...launch.state, listens } };
  }

  return {
    launcher,
    launchWatch,
    offers,
    ownRecipes,
    publish: () => published.replace('launches', launcher.list().map(seen)),
    follow() {
      const running = containers
        .list()
        .filter(({ status, ssh: endpoint }) => status.kind === 'running' && endpoint !== undefined);
      launcher.keepOnly(containers.list().map(({ id }) => id));
      launchWatch.follow(running.map(({ id }) => id));
      for (const { id, runId, look } of running) {
        if (look.kind !== 'done' || asked.get(id) === runId) continue;
        asked.set(id, runId);
        void launcher.refresh(id, AbortSignal.timeout(refreshMs));
      }
    },
    forget() {
      launcher.keepOnly([]);
      asked.clear();
      offers.follow(new Map(), () => false);
    },
  };
}
