import type { Launch } from '../../../shared/model/launch.ts';
import type { Clock, Stop } from '../base/effects.ts';

/** Keeps what is known of containers fresh while somebody looks, over connections that stand; it opens none. */
export interface LaunchWatch {
  /** Hands in the containers that can be asked. */
  follow(containerIds: readonly string[]): void;
  /** Something was just started or stopped there: it is asked more often for a while. */
  hurry(containerId: string): void;
  setHidden(hidden: boolean): void;
  stop(): void;
}

/** Milliseconds. A container is asked what runs every `calmMs`, what listens every `calmMs * looksEvery`. */
const tickMs = 1_000;
const calmMs = 10_000;
const looksEvery = 3;
/** A model loads for minutes; the first seconds after a start matter to whoever waits. */
const hurriedMs = 2_000;
const hurryForMs = 30_000;
const hiddenFactor = 6;

export function createLaunchWatch(options: {
  readonly clock: Clock;
  readonly isLinked: (containerId: string) => boolean;
  readonly launches: () => readonly Launch[];
  /** Both ask quietly: what fails now is asked again later. */
  readonly refresh: (containerId: string, signal: AbortSignal) => Promise<unknown>;
  readonly look: (containerId: string, signal: AbortSignal) => Promise<unknown>;
}): LaunchWatch {
  const { clock } = options;
  const life = new AbortController();
  const hurried = new Map<string, number>();
  const asked = new Map<string, { at: number; count: number }>();
  const asking = new Set<string>();
  let containers: readonly string[] = [];
  let hidden = false;
  let timer: Stop | undefined;

  async function ask(id: string, count: number): Promise<void> {
    asking.add(id);
    const here = options.launches().filter((launch) => launch.containerId === id);
    const waits = here.some(
      ({ state, port }) => state.kind === 'running' && port !== undefined && state.listens !== true,
    );
    if (waits || count % looksEvery === 0) await options.look(id, life.signal);
    if (here.some(({ state, busy }) => state.kind === 'running' && busy === undefined))
      await options.refresh(id, life.signal);
    asking.delete(id);
  }

  function tick() {
    timer = clock.after(tickMs, tick);
    const now = clock.now();
    for (const id of containers) {
      if (asking.has(id) || !options.isLinked(id)) continue;
      const last = asked.get(id) ?? { at: now, count: 0 };
      if (!asked.has(id)) asked.set(id, last);
      const inHurry = now < (hurried.get(id) ?? 0);
      const due = last.at + (inHurry ? hurriedMs : calmMs * (hidden ? hiddenFactor : 1));
      if (now < due) continue;
      asked.set(id, { at: now, count: last.count + 1 });
      void ask(id, last.count + 1);
    }
  }

  return {
    follow(containerIds) {
      containers = containerIds;
      for (const id of [...asked.keys()]) if (!containerIds.includes(id)) asked.delete(id);
      timer ??= clock.after(tickMs, tick);
    },
    hurry: (id) => void hurried.set(id, clock.now() + hurryForMs),
    setHidden(now) {
      hidden = now;
    },
    stop() {
      life.abort();
      timer?.();
    },
  };
}
