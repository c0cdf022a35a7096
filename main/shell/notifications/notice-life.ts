/** What a person was told of one marked service, and what waits to be told. */
export interface NoticeLife {
  readonly told: 'well' | 'down';
  /** When a notification was shown last, in ms. */
  readonly toldAt?: number;
  /** Since when it is in a state that was not told yet. */
  readonly since?: number;
}

/** Nothing was ever told: it is taken to be well. */
export const untold: NoticeLife = { told: 'well' };

/** A short failure is nobody's business; after this long, in ms, it is one. Also gathers what fails together. */
export const patienceMs = 10_000;
/** Of one service there is no more than one notification in this time: what flaps is told once. */
export const quietMs = 300_000;

interface NextNotice {
  readonly life: NoticeLife;
  /** Worth telling now. */
  readonly isDue: boolean;
  /** When to look again though nothing changes. */
  readonly lookAt?: number;
}

/**
 * One look at a service: `well`, `down`, or `undefined` while nobody knows. A state becomes due when it held for
 * `patienceMs` and the last notification is `quietMs` old; whoever is told calls `noteTold`. Pure.
 */
export function nextNotice(
  life: NoticeLife,
  present: NoticeLife['told'] | undefined,
  now: number,
): NextNotice {
  const { since: _since, ...rest } = life;
  if (present === undefined || present === life.told) return { life: rest, isDue: false };
  const since = life.since ?? now;
  const quietUntil = life.toldAt === undefined ? 0 : life.toldAt + quietMs;
  const dueAt = Math.max(since + patienceMs, quietUntil);
  const waiting = { ...life, since };
  return now >= dueAt ? { life: waiting, isDue: true } : { life: waiting, isDue: false, lookAt: dueAt };
}

/** It was told; `isShown` is false where the person saw it in the window, so that no notification was made. */
export const noteTold = (
  life: NoticeLife,
  told: NoticeLife['told'],
  now: number,
  isShown: boolean,
): NoticeLife => {
  const toldAt = isShown ? now : life.toldAt;
  return toldAt === undefined ? { told } : { told, toldAt };
};
