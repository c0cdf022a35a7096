import type { Client } from 'ssh2';
import type { Clock } from '../base/effects.ts';
import {
  newPathWindow,
  nextPathWindow,
  openBytes,
  type PathWindow,
  type WindowLimits,
} from './path-window.ts';
import { ping } from './ping.ts';

/** What may be under way: on a short path what ssh2 offers anyway; 32 MiB are 320 MB/s at 100 ms. */
const down: WindowLimits = { least: 32 * 1024, first: 2 * 1024 * 1024, most: 32 * 1024 * 1024 };
const up: WindowLimits = { least: 32 * 1024, first: 8 * 1024 * 1024, most: 32 * 1024 * 1024, lagMs: 5 };
/** Of a path of which only the round trip is known, and that is long. */
const firstLong = 256 * 1024;
const longMs = 8;

/** Between two pings, in ms, and in bytes: what they measure must be worth what they cost. */
const leastPauseMs = 4;
const leastBytes = 8 * 1024;
const mostAsked = 16;

/** What passes over one link in one direction. */
interface OneWay {
  readonly limits: WindowLimits;
  window: PathWindow;
  /** Bytes that came in, or that were handed to the socket. */
  moved: number;
  /** Of those sent, what the far side has had; of those that came in, all. */
  known: number;
  /** Nobody but the window has held it back since the last ping. */
  isFull: boolean;
}

/**
 * Measures one link by pings that travel among its data: each answer tells a round trip, what came meanwhile, and that all
 * that was sent before the ping has arrived. From that follow the windows of both directions.
 */
export interface PathMeter {
  received(bytes: number): void;
  sent(bytes: number): void;
  /** A reader on this side does not keep up. */
  stalled(): void;
  /** What may be under way now, of all channels together. */
  open(direction: 'down' | 'up'): number;
  /** What was sent and is not known to have arrived. */
  unconfirmed(): number;
  /** The shortest round trip of late, in ms; 0 before the first. */
  baseMs(): number;
  /** Hears of each answer. */
  onAnswer(listener: () => void): void;
  /** Measures the idle path. */
  begin(): void;
}

export function createPathMeter(client: Client, clock: Pick<Clock, 'ticks'>): PathMeter {
  const ways = { down: newOneWay(down), up: newOneWay(up) };
  const listeners = new Set<() => void>();
  let asked = 0;
  let askedAt = Number.NEGATIVE_INFINITY;
  let askedMoved = 0;
  let markedAt = 0;
  let isKnown = false;

  function ask() {
    const at = clock.ticks();
    const { down: inward, up: outward } = ways;
    const then = { down: inward.moved, sent: outward.moved, known: outward.known };
    const { isFull } = inward;
    inward.isFull = true;
    const isAsked = ping(client, (isAnswer) => {
      asked -= 1;
      if (!isAnswer) return;
      const now = clock.ticks();
      const rttMs = Math.max(now - at, 0.01);
      outward.known = Math.max(outward.known, then.sent);
      fold(inward, now, rttMs, inward.moved - then.down, isFull);
      fold(outward, now, rttMs, outward.known - then.known, true);
      // A long path begins with little.
      if (!isKnown && rttMs >= longMs)
        for (const way of [inward, outward]) way.window = { ...way.window, bytes: firstLong };
      isKnown = true;
      for (const listener of listeners) listener();
      // As long as something is not known to have arrived, somebody may wait for the answer.
      if (asked === 0 && outward.moved > outward.known) ask();
    });
    if (!isAsked) return;
    asked += 1;
    askedAt = at;
    askedMoved = inward.moved + outward.moved;
    markedAt = outward.moved;
  }

  function note() {
    if (asked >= mostAsked || ways.down.moved + ways.up.moved - askedMoved < leastBytes) return;
    const pauseMs = Math.max(leastPauseMs, baseMs() / 8);
    if (clock.ticks() - askedAt >= pauseMs) ask();
  }

  const baseMs = () => ways.down.window.baseMs;

  return {
    received(bytes) {
      ways.down.moved += bytes;
      note();
    },
    sent(bytes) {
      ways.up.moved += bytes;
      // Marks among the bytes, however quickly they leave: what may follow is paced by their answers.
      const markBytes = Math.max(2 * leastBytes, ways.up.window.bytes / 8);
      const isDue = ways.up.moved - markedAt >= markBytes && asked < mostAsked;
      if (asked === 0 || isDue) ask();
      else note();
    },
    stalled() {
      ways.down.isFull = false;
    },
    open(direction) {
      const { window, limits } = ways[direction];
      return openBytes(window, clock.ticks(), limits);
    },
    unconfirmed: () => ways.up.moved - ways.up.known,
    baseMs,
    onAnswer: (listener) => void listeners.add(listener),
    begin: ask,
  };
}

const newOneWay = (limits: WindowLimits): OneWay => ({
  ...{ limits, window: newPathWindow(limits), moved: 0, known: 0, isFull: true },
});

function fold(way: OneWay, at: number, rttMs: number, bytes: number, isFull: boolean) {
  const sample = { at, rttMs, bytes, isFull };
  way.window = nextPathWindow(way.window, sample, way.limits);
}
