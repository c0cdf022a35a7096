import { describe, expect, it } from 'vitest';
import {
  newPathWindow,
  nextPathWindow,
  openBytes,
  type PathWindow,
  type WindowLimits,
} from './path-window.ts';

const limits: WindowLimits = { least: 32 * 1024, first: 128 * 1024, most: 32 * 1024 * 1024 };

/** One path: what it carries (bytes a ms), its one-way time, the queue before its narrowest place. */
interface Path {
  readonly rate: number;
  readonly oneWayMs: number;
  readonly queueBytes?: number;
  readonly jitterMs?: number;
  /** Part of the time in which it stands still for a retransmission. */
  readonly loss?: number;
}

interface Moment {
  readonly ms: number;
  readonly rate: number;
  readonly queueMs: number;
  readonly window: number;
}

/**
 * A path in steps of a millisecond, with a sender that always has more, and a ping every tenth of a round trip. The
 * reader takes `reads` bytes a ms. Gives what was seen, one moment for each 10 ms.
 */
function simulate(
  pathAt: (ms: number) => Path,
  lengthMs: number,
  {
    reads = () => Number.POSITIVE_INFINITY,
    seed = 1,
  }: { reads?: (ms: number) => number; seed?: number } = {},
) {
  let random = seed;
  const draw = () => {
    random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
    return random / 2 ** 31;
  };
  let window: PathWindow = newPathWindow(limits);
  let sent = 0;
  let queue = 0;
  let delivered = 0;
  let credited = 0;
  let held = 0;
  const arriving: {
    at: number;
    bytes: number;
    pings: { sentAt: number; delivered: number; isFull: boolean }[];
  }[] = [];
  const credits: { at: number; upTo: number }[] = [];
  let waiting: { sentAt: number; delivered: number; isFull: boolean; behind: number }[] = [];
  const asked: { at: number; sentAt: number; delivered: number; isFull: boolean }[] = [];
  const answers: { at: number; sentAt: number; delivered: number; isFull: boolean }[] = [];
  let lastPing = -1e9;
  let standstill = 0;
  const moments: Moment[] = [];
  let allowed = 0;
  let granted = openBytes(window, 0, limits);
  for (let now = 0; now < lengthMs; now += 1) {
    const path = pathAt(now);
    const late = () => draw() * (path.jitterMs ?? 0);
    // Credits reach the sender; it fills the queue as far as it may.
    while ((credits[0]?.at ?? Infinity) <= now) allowed = Math.max(allowed, credits.shift()?.upTo ?? 0);
    // The first pings go alone: a link stands before somebody uses it.
    const wants = now > 6 * path.oneWayMs ? allowed - sent : 0;
    const fresh = Math.max(0, Math.min(wants, (path.queueBytes ?? 64e6) - queue));
    sent += fresh;
    queue += fresh;
    for (const ask of asked.filter(({ at }) => at <= now)) {
      asked.splice(asked.indexOf(ask), 1);
      waiting.push({ ...ask, behind: queue });
    }
    if (standstill > 0) standstill -= 1;
    else if (draw() < (path.loss ?? 0)) standstill = Math.round(2 * path.oneWayMs);
    const leaves = standstill > 0 ? 0 : Math.min(queue, path.rate);
    queue -= leaves;
    const pings = waiting.filter(({ behind }) => behind <= leaves + 1e-6);
    waiting = waiting
      .filter(({ behind }) => behind > leaves + 1e-6)
      .map((one) => ({ ...one, behind: one.behind - leaves }));
    if (leaves > 0 || pings.length > 0)
      arriving.push({ at: now + path.oneWayMs + late(), bytes: leaves, pings });
    for (const packet of arriving.filter(({ at }) => at <= now)) {
      arriving.splice(arriving.indexOf(packet), 1);
      held += packet.bytes;
      delivered += packet.bytes;
      for (const { sentAt, delivered: then, isFull } of packet.pings)
        answers.push({ at: now, sentAt, delivered: then, isFull });
    }
    for (const { at, sentAt, delivered: then, isFull } of answers.splice(0))
      window = nextPathWindow(window, { at, rttMs: at - sentAt, bytes: delivered - then, isFull }, limits);
    const takes = Math.min(held, reads(now));
    held -= takes;
    credited += takes;
    granted = Math.max(granted, credited + openBytes(window, now, limits));
    credits.push({ at: now + path.oneWayMs, upTo: granted });
    if (now - lastPing >= Math.max(5, path.oneWayMs / 5)) {
      lastPing = now;
      // The whole window was under way: the sender had no more to send.
      asked.push({
        at: now + path.oneWayMs,
        sentAt: now,
        delivered,
        isFull: held < openBytes(window, now, limits) / 4,
      });
    }
    if (now % 10 === 0)
      moments.push({
        ms: now,
        rate: leaves,
        queueMs: queue / path.rate,
        window: openBytes(window, now, limits),
      });
  }
  const between = (from: number, to: number) => moments.filter(({ ms }) => ms >= from && ms < to);
  const mean = (all: readonly Moment[], of: keyof Moment) =>
    all.reduce((sum, one) => sum + one[of], 0) / all.length;
  const worst = (all: readonly Moment[], part: number) =>
    all.map(({ queueMs }) => queueMs).sort((a, b) => a - b)[Math.floor(all.length * part)] ?? 0;
  return { between, mean, worst, delivered: () => delivered, held: () => held, window: () => window };
}

const mbit = (rate: number) => (rate * 1e6) / 8 / 1_000;

describe('the window of a path', () => {
  it.each([
    [1, 50],
    [10, 20],
    [100, 20],
    [100, 100],
    [1_000, 10],
    [1_000, 50],
    [10_000, 5],
    [20, 200],
  ])('of %i Mbit/s and %i ms each way is full after two seconds, and its queue short', (rate, oneWayMs) => {
    const path = { rate: mbit(rate), oneWayMs };
    const seen = simulate(() => path, 10_000 + 60 * oneWayMs);
    const kept = seen.between(3_000 + 12 * oneWayMs, 10_000 + 60 * oneWayMs);
    const most = Math.min(path.rate, limits.most / (2 * oneWayMs + 5));
    expect(seen.mean(kept, 'rate')).toBeGreaterThan(0.8 * most);
    // Little more than half of the round trip, or what the smallest window is worth.
    expect(seen.worst(kept, 0.95)).toBeLessThan(Math.max(1.2 * oneWayMs, 20, (2 * limits.least) / path.rate));
  });

  it('bears jitter and losses without giving up the rate', () => {
    const path = { rate: mbit(100), oneWayMs: 30, jitterMs: 15, loss: 0.001 };
    const seen = simulate(() => path, 15_000);
    expect(seen.mean(seen.between(3_000, 15_000), 'rate')).toBeGreaterThan(0.7 * path.rate);
  });

  it('follows a path that becomes narrower, wider, longer or shorter in mid-stream', () => {
    const paths: Path[] = [
      { rate: mbit(100), oneWayMs: 20 },
      { rate: mbit(10), oneWayMs: 20 },
      { rate: mbit(200), oneWayMs: 20 },
      { rate: mbit(100), oneWayMs: 100 },
      { rate: mbit(100), oneWayMs: 10 },
    ];
    const each = 20_000;
    const at = (ms: number) =>
      paths[Math.min(Math.floor(ms / each), paths.length - 1)] ?? { rate: 1, oneWayMs: 1 };
    const seen = simulate(at, paths.length * each + 20_000);
    for (const [index, path] of paths.entries()) {
      // A queue of its own that looks like the path is halved every five seconds.
      const more = index === paths.length - 1 ? 20_000 : 0;
      const kept = seen.between(index * each + 12_000 + more, (index + 1) * each + more);
      const mostMs = Math.max(path.oneWayMs, 25, (4 * limits.least) / path.rate);
      expect([index, 'rate', seen.mean(kept, 'rate') / path.rate > 0.85]).toEqual([index, 'rate', true]);
      expect(seen.worst(kept, 0.9), `queue on path ${index}`).toBeLessThan(mostMs);
    }
  });

  it('is back within two round trips after the reader stood still', () => {
    const path = { rate: mbit(100), oneWayMs: 50 };
    const reads = (ms: number) => (ms >= 6_000 && ms < 9_000 ? 0 : Number.POSITIVE_INFINITY);
    const seen = simulate(() => path, 12_000, { reads });
    expect(seen.mean(seen.between(9_200, 9_600), 'rate')).toBeGreaterThan(0.85 * path.rate);
  });

  it('is back within two round trips after the path stood still', () => {
    const path = { rate: mbit(100), oneWayMs: 50 };
    const seen = simulate((ms) => (ms >= 6_000 && ms < 8_000 ? { ...path, rate: 1e-9 } : path), 12_000);
    expect(seen.mean(seen.between(8_300, 9_000), 'rate')).toBeGreaterThan(0.75 * path.rate);
  });

  it('holds no more for a reader that stands still than was under way', () => {
    const path = { rate: mbit(100), oneWayMs: 20 };
    const seen = simulate(() => path, 8_000, { reads: (ms) => (ms < 4_000 ? Number.POSITIVE_INFINITY : 0) });
    expect(seen.held()).toBeLessThan(2 * path.rate * 40);
  });

  it('is the usual one on a short path, whatever its rate', () => {
    const seen = simulate(() => ({ rate: mbit(5_000), oneWayMs: 1 }), 2_000);
    expect(seen.window().bytes).toBeGreaterThanOrEqual(limits.first);
  });
});
