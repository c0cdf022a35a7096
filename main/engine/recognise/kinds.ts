import type { Service } from '../../../shared/model/service.ts';
import type { Recognised } from '../../../shared/model/service-kind.ts';
import { type Answered, kindOfGreeting, nextPath, recognise } from '../../../shared/recognition/index.ts';
import { getPath, type PublicTarget } from '../health/index.ts';

/** A service that may be asked what it is, with the way to it. */
export interface Recognisable {
  readonly service: Service;
  readonly public?: PublicTarget;
  readonly tunnel?: { readonly host: string; readonly port: number };
}

/** What answers behind each service, asked once for each time that it comes up. */
export interface Kinds {
  follow(services: readonly Recognisable[]): void;
  get(id: string): Recognised | undefined;
  stop(): void;
}

const eachMs = 4_000;

export function createKinds(options: { readonly onChange: (id: string) => void }): Kinds {
  const known = new Map<string, Recognised>();
  /** Those that were asked since they last came up. */
  const asked = new Set<string>();
  const life = new AbortController();

  function note(id: string, found: Recognised | undefined) {
    if (found === undefined || JSON.stringify(known.get(id)) === JSON.stringify(found)) return;
    known.set(id, found);
    options.onChange(id);
  }

  async function ask(id: string, target: PublicTarget): Promise<void> {
    const answers: Answered[] = [];
    for (let path = nextPath(answers); path !== undefined; path = nextPath(answers)) {
      if (life.signal.aborted) return;
      const answer = await getPath(target, path, life.signal, eachMs);
      // One that does not answer in time is asked nothing more: it is busy, or no HTTP at all.
      if (answer === undefined) break;
      answers.push({ path, ...answer });
    }
    note(id, recognise(answers));
  }

  return {
    follow(services) {
      const present = new Set(services.map(({ service }) => service.id));
      for (const id of [...asked, ...known.keys()]) {
        if (present.has(id)) continue;
        asked.delete(id);
        known.delete(id);
      }
      for (const { service, public: mapping, tunnel } of services) {
        const { id, health } = service;
        const reached = [health.tunnel, health.public].find((one) => one.state === 'up');
        if (reached === undefined) {
          asked.delete(id);
          continue;
        }
        if (asked.has(id) || reached.state !== 'up') continue;
        asked.add(id);
        const greeting = reached.facts.greeting;
        if (greeting !== undefined) {
          note(id, kindOfGreeting(greeting));
          continue;
        }
        const target =
          reached === health.tunnel && tunnel !== undefined
            ? { url: `http://${tunnel.host}:${tunnel.port}` }
            : mapping;
        if (target !== undefined) void ask(id, target);
      }
    },
    get: (id) => known.get(id),
    stop: () => life.abort(),
  };
}
