/**
 * How many bytes may be under way on one path, in one direction: as many as it carries in its shortest round trip, with
 * room to grow, and no more, so that what comes after them finds no queue. What it goes by is what BBR goes by (the
 * highest rate of late, the shortest round trip of late; ACM Queue 14-5, 2016), and what CoDel takes for a queue: a round
 * trip that stays longer (RFC 8289), which jitter does not. Pure: a fold over samples.
 */
export interface PathWindow {
  /** Bytes. */
  readonly bytes: number;
  /** The round trip without a queue, in ms; 0 before the first sample. */
  readonly baseMs: number;
  /** `start`: it doubles with each round trip until a queue shows that the path is full. */
  readonly phase: 'start' | 'keep';
  /** The highest rates of the last rounds, in bytes a ms, with when they were seen. */
  readonly rates: readonly Point[];
  /** Round trips of the last moments. */
  readonly recent: readonly Point[];
  /** The shortest round trips of this span of time and of the one before it. */
  readonly spans: readonly [Point, Point] | readonly [Point] | readonly [];
  /** Emptying the queue until then, so that the shortest round trip can be seen. */
  readonly drainUntil: number;
  readonly drainedAt: number;
  /** When a queue was last seen. */
  readonly queuedAt: number;
  /** When the window was last made much smaller for a queue, and what that queue was. */
  readonly cut?: { readonly at: number; readonly queueMs: number; readonly bytes: number };
}

interface Point {
  readonly at: number;
  readonly value: number;
}

export interface PathSample {
  /** When the answer came, in ms of any clock that never jumps. */
  readonly at: number;
  /** How long it took, queues included. */
  readonly rttMs: number;
  /** What was delivered meanwhile. */
  readonly bytes: number;
  /** The window was what held the sender back. */
  readonly isFull: boolean;
}

export interface WindowLimits {
  readonly least: number;
  /** Where nothing is known, and on short paths. */
  readonly first: number;
  readonly most: number;
  /** How much later (ms) than by a round trip it is known that something arrived. */
  readonly lagMs?: number;
}

export const newPathWindow = (limits: WindowLimits): PathWindow => ({
  ...{ bytes: limits.first, baseMs: 0, phase: 'start', rates: [], recent: [], spans: [] },
  ...{ drainUntil: 0, drainedAt: 0, queuedAt: 0 },
});

/** Of a path that is quicker than this under load, nobody feels the queue; its window is the usual one. */
export const shortMs = 8;
/** Rates count for so many round trips, and for half a second at least. */
const rateRounds = 8;
const leastRateMs = 500;
/** What may stay under way beyond what the path holds: enough to be full all the time, too little to be felt. */
const room = 1.12;
/** The shortest round trip is seen anew within two of these. */
const spanMs = 5_000;
const drainTo = 0.5;

/** The window after one more sample. */
export function nextPathWindow(before: PathWindow, sample: PathSample, limits: WindowLimits): PathWindow {
  const { at, rttMs } = sample;
  const recentMs = Math.max(15, Math.min(rttMs, before.baseMs === 0 ? rttMs : 2 * before.baseMs));
  const recent = [...before.recent.filter((one) => at - one.at < recentMs), { at, value: rttMs }].slice(-32);
  const spans = nextSpans(before.spans, { at, value: rttMs });
  const seen = Math.min(...spans.map(({ value }) => value));
  const standing = Math.min(...recent.map(({ value }) => value));
  const rateMs = Math.max(leastRateMs, rateRounds * seen);
  const rate: Point = { at, value: sample.bytes / Math.max(rttMs, 0.01) };
  const rates = highest(before.rates, rate, at - rateMs);
  const common = {
    ...{ ...before, recent, spans, rates, baseMs: seen },
    queuedAt: standing - seen > Math.max(4, seen / 8) ? at : before.queuedAt,
  };
  const clamp = (bytes: number) => Math.round(Math.min(limits.most, Math.max(limits.least, bytes)));

  if (standing < shortMs) {
    const bytes = Math.max(limits.first, Math.min(before.bytes, limits.most));
    return { ...common, bytes, phase: 'start', cut: undefined };
  }

  const base = Math.max(seen, shortMs / 2);
  const queueMs = standing - seen;
  const tolerance = Math.max(4, base / 8);
  // What was let go is known an eighth of a round trip later, and in the sending direction a ping later.
  const target = clamp(
    (rates[0]?.value ?? 0) * (base * room + base / 8 + (limits.lagMs ?? 0)) + limits.least / 2,
  );
  const inFlight = sample.bytes;

  // Made smaller, and the round trip is as long as before: it is no queue of ours, the path itself has become longer.
  const { cut } = before;
  if (cut !== undefined && at - cut.at > 3 * standing && before.bytes <= cut.bytes * 0.75) {
    if (queueMs > cut.queueMs * 0.6)
      return {
        ...common,
        ...{ spans: [{ at, value: standing }], baseMs: standing, phase: 'start', cut: undefined },
        ...{ bytes: clamp(Math.max(cut.bytes, (rates[0]?.value ?? 0) * standing * room)), drainedAt: at },
      };
    return { ...common, cut: undefined };
  }

  if (before.phase === 'start') {
    if (queueMs <= 2 * tolerance)
      return sample.isFull
        ? { ...common, bytes: clamp(Math.max(before.bytes, Math.min(2 * inFlight, 2 * before.bytes))) }
        : common;
    return {
      ...common,
      phase: 'keep',
      bytes: Math.min(before.bytes, target),
      cut: { at, queueMs, bytes: before.bytes },
    };
  }

  if (queueMs > tolerance) {
    const bytes = Math.min(before.bytes, target);
    // Its own queue hides the shortest round trip: let it run empty from time to time.
    const mayDrain = at - before.drainedAt > spanMs;
    return {
      ...common,
      bytes,
      cut: nextCut(before, queueMs, bytes, at),
      ...(mayDrain ? { drainUntil: at + 2 * standing, drainedAt: at } : {}),
    };
  }
  // No queue, and the window is what holds the sender back: there is more to be had.
  if (sample.isFull && at > before.drainUntil && inFlight > before.bytes * 0.6) {
    const last = before.recent.at(-1)?.at ?? at;
    const bytes = clamp(before.bytes * (1 + 0.15 * Math.min(1, (at - last) / rttMs)));
    // None for so long although it grew: what ended the start was a hiccup, or the path has become wider.
    const isFree = bytes > 2 * target || at - Math.max(before.queuedAt, before.drainUntil) > 4 * standing;
    // A queue that stands for long looks like the path itself.
    const mayDrain = !isFree && at - before.drainedAt > Math.max(spanMs, 20 * base);
    return {
      ...{ ...common, bytes, cut: undefined, phase: isFree ? 'start' : 'keep' },
      ...(mayDrain ? { drainUntil: at + 1.2 * standing, drainedAt: at } : {}),
    };
  }
  return { ...common, cut: undefined };
}

/** What may be under way at this moment. */
export const openBytes = (window: PathWindow, now: number, limits: WindowLimits): number =>
  now < window.drainUntil ? Math.max(limits.least, window.bytes * drainTo) : window.bytes;

/** A cut lasts for as long as it goes on: what it did to the queue is seen after it. */
function nextCut({ cut, bytes: before }: PathWindow, queueMs: number, bytes: number, at: number) {
  if (cut === undefined) return { at, queueMs, bytes: before };
  const isGoingOn = bytes < before * 0.98;
  return { at: isGoingOn ? at : cut.at, queueMs: Math.max(cut.queueMs, queueMs), bytes: cut.bytes };
}

/** Only those that no later one exceeds, the highest first: the filter of a maximum over time. */
function highest(points: readonly Point[], fresh: Point, since: number): readonly Point[] {
  return [...points.filter(({ at, value }) => at >= since && value > fresh.value), fresh].slice(-64);
}

function nextSpans(spans: PathWindow['spans'], fresh: Point): readonly [Point, Point] | readonly [Point] {
  const [now, last] = spans;
  if (now === undefined) return [fresh];
  // A span begins with its first sample; the shortest of it counts until the next one has ended too.
  if (fresh.at - now.at > spanMs) return [fresh, { at: now.at, value: now.value }];
  const shorter = fresh.value < now.value ? { at: now.at, value: fresh.value } : now;
  return last === undefined ? [shorter] : [shorter, last];
}
