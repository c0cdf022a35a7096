import type { EngineState } from '../../../shared/contract/state.ts';
import type { Service } from '../../../shared/model/service.ts';
import type { AppError } from '../../../shared/result.ts';
import { serviceState } from '../../../shared/verdicts/index.ts';
import { failureOf } from '../activity/index.ts';
import { type NoticeLife, nextNotice, noteTold, untold } from './notice-life.ts';

/** What a person is told. Several at once become one. */
export type Notice =
  | { readonly kind: 'down'; readonly service: Named; readonly error?: AppError }
  | { readonly kind: 'up'; readonly service: Named }
  | { readonly kind: 'manyDown' | 'manyUp'; readonly services: readonly Named[] };
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** From here on one notification stands for all. */
const many = 3;

/**
 * Decides what is worth a notification: a marked service that was down for a while, once, and that it is back, once,
 * if its fall was told; of one service no oftener than once in five minutes. Nothing is told while the engine restarts or nobody is signed in, nor what the person sees
 * in the window anyway. One timer at most; calls `tell` from `look` or from the timer.
 */
interface Notifier {
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
  const lives = new Map<string, NoticeLife>();
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
    for (const id of [...lives.keys()]) if (!marked.includes(id)) lives.delete(id);
    for (const id of marked) {
      const service = engine.services[id];
      const state = service === undefined ? 'unknown' : serviceState(service);
      const present = state === 'down' ? 'down' : state === 'up' ? 'well' : undefined;
      const { life, isDue, lookAt } = nextNotice(lives.get(id) ?? untold, present, now);
      lives.set(id, life);
      if (isDue && service !== undefined) ripe.push(service);
      if (lookAt !== undefined) next = Math.min(next, lookAt);
    }
    if (ripe.length > 0) {
      const isShown = !options.isWatched();
      for (const service of ripe) {
        const told = serviceState(service) === 'down' ? 'down' : 'well';
        lives.set(service.id, noteTold(lives.get(service.id) ?? untold, told, now, isShown));
      }
      if (isShown) for (const notice of noticesOf(ripe)) options.tell(notice);
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
      for (const [id, { since: _since, ...life }] of lives) lives.set(id, life);
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
