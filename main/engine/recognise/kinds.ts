import type { Service } from '../../../shared/model/service.ts';
import { askedPaths, kindOfGreeting, recognise } from '../../../shared/recognition/index.ts';
import { connectTimed, getOnce, type PublicTarget, startStopwatch, withDeadline } from '../health/index.ts';

/** A service that may be asked what it is, with the way to it. */
export interface Recognisable {
  readonly service: Service;
  readonly public?: PublicTarget;
  readonly tunnel?: { readonly host: string; readonly port: number };
}

/** What answers behind each service, asked once for each time that it comes up. */
export interface Kinds {
  follow(services: readonly Recognisable[]): void;
  get(id: string): { readonly kindName: string } | undefined;
  stop(): void;
}

const eachMs = 4_000;

export function createKinds(options: { readonly onChange: (id: string) => void }): Kinds {
  const known = new Map<string, string>();
  /** Those that were asked since they last came up. */
  const asked = new Set<string>();
  const life = new AbortController();

  async function ask(id: string, target: PublicTarget): Promise<void> {
    for (const path of askedPaths) {
      if (life.signal.aborted) return;
      const answer = await get(target, path, life.signal);
      const name = answer === undefined ? undefined : recognise({ path, ...answer });
      if (name === undefined) continue;
      if (known.get(id) !== name) {
        known.set(id, name);
        options.onChange(id);
      }
      return;
    }
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
          const name = kindOfGreeting(greeting);
          if (name !== undefined) known.set(id, name);
          continue;
        }
        const target =
          reached === health.tunnel && tunnel !== undefined
            ? { url: `http://${tunnel.host}:${tunnel.port}` }
            : mapping;
        if (target !== undefined) void ask(id, target);
      }
    },
    get(id) {
      const kindName = known.get(id);
      return kindName === undefined ? undefined : { kindName };
    },
    stop: () => life.abort(),
  };
}

/** One path of a service; `undefined` when it did not answer. */
async function get(target: PublicTarget, path: string, signal: AbortSignal) {
  const url = new URL(target.url);
  const tls = url.protocol === 'https:';
  const deadline = withDeadline(signal, eachMs);
  try {
    const to = { host: url.hostname, port: Number(url.port || (tls ? 443 : 80)), tls, ca: target.ca };
    const socket = await connectTimed(
      to,
      startStopwatch(() => 0, 'tcp'),
      deadline.signal,
    );
    return await getOnce(socket, { host: url.host, path, signal: deadline.signal, onFirstByte: () => {} });
  } catch {
    return undefined;
  } finally {
    deadline.end();
  }
}
