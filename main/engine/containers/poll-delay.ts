import type { Random } from '../base/effects.ts';

interface PollSituation {
  readonly changing: boolean;
  readonly hidden: boolean;
  readonly failures: number;
  /** Answers in a row that said what was known already: the next question can wait. */
  readonly unchanged?: number;
  /** No network at all: nothing is asked, only looked whether one is back. */
  readonly offline?: boolean;
  /** The token was refused: asking again would only be refused again. */
  readonly refused?: boolean;
  /** How long the platform asked to be left alone, in seconds; 0 where it did not. */
  readonly waitSeconds?: number;
}

const seldomMs = 60_000;

/**
 * Milliseconds until the next question, `undefined` for none: about 5 s while something changes (the pace of the
 * platform's own command), 20 s when calm, a minute while nothing new comes or nobody looks. After failures it
 * doubles from 4 s to a minute, and is never shorter than what the platform asked for. Never in step with other clients.
 */
export function pollDelay(situation: PollSituation, random: Random): number | undefined {
  if (situation.refused === true) return undefined;
  const jitter = 0.8 + random() * 0.4;
  if (situation.offline === true) return 5000 * jitter;
  if (situation.failures > 0) {
    const ceiling = Math.min(seldomMs, 4000 * 2 ** (situation.failures - 1));
    const asked = (situation.waitSeconds ?? 0) * 1000;
    return Math.max(ceiling * (0.75 + random() / 4), asked * (1 + random() / 4));
  }
  if (situation.changing) return 5000 * jitter;
  const isSteady = (situation.unchanged ?? 0) > 0;
  return (situation.hidden || isSteady ? seldomMs : 20_000) * jitter;
}
