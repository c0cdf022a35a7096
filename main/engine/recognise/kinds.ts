import type { Service } from '../../../shared/model/service.ts';
import type { Recognised } from '../../../shared/model/service-kind.ts';
import { type Answered, kindOfGreeting, nextPath, recognise } from '../../../shared/recognition/index.ts';
import type { Clock } from '../base/effects.ts';
import { pause } from '../base/pause.ts';
import { getPath, type HostBudget, hostOfAddress, type PublicTarget } from '../health/index.ts';

/** A service that may be asked what it is, with the way to it. */
interface Recognisable {
  readonly service: Service;
  readonly public?: PublicTarget;
  readonly tunnel?: { readonly host: string; readonly port: number };
}

/**
 * What answers behind each service, asked once for each time that it comes up: a few services at a time, each question
 * within its host's budget, and of many services so seldom that nobody feels it.
 */
export interface Kinds {
  follow(services: readonly Recognisable[]): void;
  get(id: string): Recognised | undefined;
  stop(): void;
}

const eachMs = 4_000;
/** Services asked at one time. */
const atOnce = 2;
/** Up to so many are asked without a rest: a person waits for the names of what is in sight. */
const fewServices = 60;
/** After each question, where there are more. */
const restMs = 1_000;

interface Waiting {
  readonly id: string;
  readonly host: string;
  readonly target: PublicTarget;
}

export function createKinds(options: {
  readonly clock: Clock;
  readonly budget: HostBudget;
  readonly onChange: (id: string) => void;
}): Kinds {
  const { clock, budget } = options;
  const known = new Map<string, Recognised>();
  /** Those that were asked since they last came up, or wait for it. */
  const asked = new Set<string>();
  const waiting = new Map<string, Waiting>();
  const life = new AbortController();
  const { signal } = life;
  let present = 0;
  let busy = 0;

  function note(id: string, found: Recognised | undefined) {
    if (found === undefined || JSON.stringify(known.get(id)) === JSON.stringify(found)) return;
    known.set(id, found);
    options.onChange(id);
  }

  async function ask({ id, host, target }: Waiting): Promise<void> {
    const answers: Answered[] = [];
    for (let path = nextPath(answers); path !== undefined; path = nextPath(answers)) {
      if (!(await budget.wait(host, signal))) return;
      const answer = await getPath(target, path, signal, eachMs);
      budget.giveBack(host);
      // One that does not answer in time is asked nothing more: it is busy, or no HTTP at all.
      if (answer === undefined) break;
      answers.push({ path, ...answer });
      if (present > fewServices && !(await pause(restMs, clock, signal))) return;
    }
    // It went meanwhile, and may come back as something else.
    if (asked.has(id)) note(id, recognise(answers));
  }

  async function work() {
    busy += 1;
    for (const next of waiting.values()) {
      waiting.delete(next.id);
      await ask(next);
    }
    busy -= 1;
  }

  const forget = (id: string) => {
    asked.delete(id);
    waiting.delete(id);
  };

  return {
    follow(services) {
      if (signal.aborted) return;
      present = services.length;
      const ids = new Set(services.map(({ service }) => service.id));
      for (const id of [...asked, ...known.keys()]) {
        if (ids.has(id)) continue;
        forget(id);
        known.delete(id);
      }
      for (const { service, public: mapping, tunnel } of services) {
        const { id, containerId, health, protocol, isLeftAlone } = service;
        const reached = [health.tunnel, health.public].find((one) => one.state === 'up');
        if (reached === undefined) {
          forget(id);
          continue;
        }
        if (asked.has(id) || reached.state !== 'up') continue;
        asked.add(id);
        const greeting = reached.facts.greeting;
        if (greeting !== undefined) {
          const found = kindOfGreeting(greeting);
          note(id, found);
          // The next probe knows that it is no HTTP, and may hear more.
          if (found === undefined) asked.delete(id);
        } else if (isLeftAlone || (reached.facts.isSeenOnly === true && protocol !== 'http')) {
          // It may not be asked, for now.
          asked.delete(id);
        } else if (reached === health.tunnel && tunnel !== undefined)
          waiting.set(id, {
            id,
            host: `ssh ${containerId}`,
            target: { url: `http://${tunnel.host}:${tunnel.port}` },
          });
        else if (mapping !== undefined)
          waiting.set(id, { id, host: hostOfAddress(mapping.url), target: mapping });
      }
      while (busy < atOnce && waiting.size > 0) void work();
    },
    get: (id) => known.get(id),
    stop() {
      life.abort();
      waiting.clear();
    },
  };
}
