import type { EngineState } from '../../../shared/contract/state.ts';
import type { Service } from '../../../shared/model/service.ts';
import type { AppError } from '../../../shared/result.ts';
import { serviceState } from '../../../shared/verdicts/index.ts';
import { failureOf } from '../activity/index.ts';

/** What a person is told. Several at once become one. */
export type Notice =
  | { readonly kind: 'down'; readonly service: Named; readonly error?: AppError }
  | { readonly kind: 'up'; readonly service: Named }
  | { readonly kind: 'manyDown' | 'manyUp'; readonly services: readonly Named[] };
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A short failure is nobody's business; after this long, in ms, it is one. Also gathers what fails together. */
export const patienceMs = 10_000;
/** From here on one notification stands for all. */
const many = 3;

type Told = 'well' | 'down';

/**
 * Decides what is worth a notification: a marked service that was down for a while, once, and that it is back, once,
 * if its fall was told. Nothing is told while the engine restarts or nobody is signed in, nor what the person sees
 * in the window anyway. One timer at most; calls `tell` from `look` or from the timer.
 */
export interface Notifier {
  /** The present state; call at every change. */
  look(engine: EngineState, marked: readonly string[]): void;
  /** The machine slept or its network changed: what fails now is given its time again. */
  startOver(): void;
  stop(): void;
}

export function createNotifier(options: {
  readonly now: () => number;
  readonly after: (ms: number, call: () => void) => () => void;
  /** Is the person looking at the window now. */
  readonly isWatched: () => boolean;
  readonly tell: (notice: Notice) => void;
}): Notifier {
  const told = new Map<string, Told>();
  /** Since when a marked service is in the state that was not told yet. */
  const since = new Map<string, number>();
  let timer: (() => void) | undefined;
  let latest: { readonly engine: EngineState; readonly marked: readonly string[] } | undefined;

  const decide = () => {
    timer?.();
    timer = undefined;
    if (latest === undefined) return;
    const { engine, marked } = latest;
    const now = options.now();
    const ripe: Service[] = [];
    let next = Number.POSITIVE_INFINITY;
    for (const id of [...told.keys(), ...since.keys()])
      if (!marked.includes(id)) {
        told.delete(id);
        since.delete(id);
      }
    for (const id of marked) {
      const service = engine.services[id];
      const state = service === undefined ? 'unknown' : serviceState(service);
      const present = state === 'down' ? 'down' : state === 'up' ? 'well' : undefined;
      if (service === undefined || present === undefined || present === (told.get(id) ?? 'well')) {
        since.delete(id);
        continue;
      }
      const start = since.get(id) ?? now;
      since.set(id, start);
      if (now - start >= patienceMs) ripe.push(service);
      else next = Math.min(next, start + patienceMs);
    }
    // What is about to ripen falls together with what is ripe.
    if (ripe.length > 0) {
      for (const service of ripe) {
        since.delete(service.id);
        told.set(service.id, serviceState(service) === 'down' ? 'down' : 'well');
      }
      if (!options.isWatched()) for (const notice of noticesOf(ripe)) options.tell(notice);
    }
    if (next !== Number.POSITIVE_INFINITY) timer = options.after(next - now, decide);
  };

  return {
    look(engine, marked) {
      if (engine === latest?.engine && marked === latest.marked) return;
      latest = { engine, marked };
      decide();
    },
    startOver() {
      since.clear();
      decide();
    },
    stop() {
      timer?.();
      latest = undefined;
    },
  };
}

function noticesOf(services: readonly Service[]): readonly Notice[] {
  const named = ({ id, name }: Service): Named => ({ id, name });
  const down = services.filter((service) => serviceState(service) === 'down');
  const up = services.filter((service) => !down.includes(service));
  const notices: Notice[] = [];
  if (down.length >= many) notices.push({ kind: 'manyDown', services: down.map(named) });
  else
    for (const service of down)
      notices.push({ kind: 'down', service: named(service), error: failureOf(service) });
  if (up.length >= many) notices.push({ kind: 'manyUp', services: up.map(named) });
  else for (const service of up) notices.push({ kind: 'up', service: named(service) });
  return notices;
}
