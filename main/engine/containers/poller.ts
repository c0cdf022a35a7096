import type { Result } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import type { Clock, Stop } from '../base/effects.ts';

interface Poller {
  start(): void;
  stop(): void;
  /** Asks now; whoever asks while a question is under way gets its answer. */
  now(): Promise<Result<null>>;
  /** Drops the question that is under way, for everybody who waits for it (`cancelled`), and plans the next one. */
  giveUp(): void;
  /** Something may change sooner than thought: sets the next question anew. */
  hurry(): void;
}

/** Asks again and again, one question at a time, with the delay that `delay` gives after each answer. */
export function createPoller(options: {
  readonly clock: Clock;
  readonly ask: (signal: AbortSignal) => Promise<Result<null>>;
  /** Milliseconds until the next question; `undefined`: none until somebody asks. */
  readonly delay: () => number | undefined;
}): Poller {
  let life: AbortController | undefined;
  let asking: Promise<Result<null>> | undefined;
  let question: AbortController | undefined;
  let stopTimer: Stop | undefined;

  const plan = () => {
    stopTimer?.();
    const delay = options.delay();
    stopTimer = delay === undefined ? undefined : options.clock.after(delay, () => void now());
  };

  function now(): Promise<Result<null>> {
    const mine = life;
    if (mine === undefined) return Promise.resolve(fail('not_signed_in'));
    asking ??= (async () => {
      stopTimer?.();
      question = new AbortController();
      const answer = await options.ask(AbortSignal.any([mine.signal, question.signal]));
      // Stopped meanwhile, perhaps started again: the new life has its own question and timer.
      if (life !== mine) return answer;
      asking = undefined;
      plan();
      return answer;
    })();
    return asking;
  }

  const stop = () => {
    life?.abort();
    life = undefined;
    asking = undefined;
    stopTimer?.();
    stopTimer = undefined;
  };

  return {
    start() {
      stop();
      life = new AbortController();
      void now();
    },
    stop,
    now,
    giveUp: () => question?.abort(),
    hurry() {
      if (life !== undefined && asking === undefined) plan();
    },
  };
}
