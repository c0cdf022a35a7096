import { z } from 'zod';
import { untilBeat } from '../../../shared/beat.ts';
import type { Availability, RouteAvailability } from '../../../shared/model/availability.ts';
import type { Route } from '../../../shared/model/service.ts';
import { ok } from '../../../shared/result.ts';
import type { PutBack } from '../base/bin.ts';
import type { Clock, Stop } from '../base/effects.ts';
import type { KeptFile } from '../base/kept-file.ts';
import {
  type AvailabilityCells,
  cellsLength,
  emptyCells,
  noteCells,
  readCells,
} from './availability-cells.ts';

/** How often each route answered over an hour, a day and a week; outlives the engine. */
export interface AvailabilityLog {
  /** Reads what was kept. Call it before the first note. */
  start(): Promise<void>;
  /** What a probe found at `at` (ms); it holds since the one before, for `mostMs` at most. */
  note(id: string, route: Route, answered: boolean, at: number, mostMs: number): void;
  /** The services to publish, from now on. */
  follow(ids: readonly string[]): void;
  /** Nothing is kept of these services. */
  forget(isGone: (id: string) => boolean): PutBack;
  /** Nobody looks: nothing is published. */
  setHidden(hidden: boolean): void;
  /** Writes what is not written yet. */
  stop(): Promise<void>;
}

/** On disk, by `{route} {id}`: up to when it is filled, and its cells as base64. Under 900 bytes each. */
export const availabilityFileSchema = z.object({
  version: z.literal(1),
  routes: z.record(z.string(), z.tuple([z.number(), z.string().max(2_000)])),
});
export type AvailabilityFile = z.infer<typeof availabilityFileSchema>;

/** Together under 4 MB on disk and 3 MB in memory; the longest unheard go first. */
export const mostRoutes = 4_000;
const weekSeconds = 7 * 86_400;
/** A kill loses no more than this. */
const writeMs = 60_000;
const publishMs = 60_000;

export function createAvailability(options: {
  readonly clock: Clock;
  readonly file: KeptFile<AvailabilityFile>;
  readonly publish: (all: readonly Availability[]) => void;
}): AvailabilityLog {
  const { clock, file } = options;
  const kept = new Map<string, AvailabilityCells>();
  /** Whether it answered when it was last heard of, by route. */
  const heard = new Map<string, boolean>();
  const readOnce = createReader();
  let followed: readonly string[] = [];
  let hidden = false;
  let writing: Stop | undefined;
  let publishing: Stop | undefined;
  let lastWrite: Promise<void> = Promise.resolve();

  const seconds = () => Math.floor(clock.now() / 1000);

  function write(): Promise<void> {
    writing?.();
    writing = undefined;
    forgetOld();
    lastWrite = file.write({
      version: 1,
      routes: Object.fromEntries([...kept].map(([name, cells]) => [name, [cells.lastAt, encode(cells)]])),
    });
    return lastWrite;
  }

  function forgetOld() {
    const oldest = seconds() - weekSeconds;
    for (const [name, { lastAt }] of kept) if (lastAt < oldest) kept.delete(name);
    for (const name of heard.keys()) if (!kept.has(name)) heard.delete(name);
    if (kept.size <= mostRoutes) return;
    const byAge = [...kept].sort(([, a], [, b]) => a.lastAt - b.lastAt);
    for (const [name] of byAge.slice(0, kept.size - mostRoutes)) kept.delete(name);
  }

  function publish() {
    publishing?.();
    publishing = undefined;
    if (hidden) return;
    const now = seconds();
    const of = (route: Route, id: string) => {
      const cells = kept.get(`${route} ${id}`);
      return cells === undefined ? undefined : readOnce(cells, now);
    };
    const all = followed.map(
      (id): Availability => ({ id, public: of('public', id), tunnel: of('tunnel', id) }),
    );
    options.publish(all.filter((one) => one.public !== undefined || one.tunnel !== undefined));
    // The strips move on with the time, whether somebody answers or not.
    if (followed.length > 0) publishing = clock.after(untilBeat(clock.now(), publishMs), publish);
  }

  return {
    async start() {
      const found = await file.read();
      for (const [name, [lastAt, text]] of Object.entries(found?.routes ?? {}).slice(0, mostRoutes)) {
        const cells = decode(text);
        if (cells !== undefined) kept.set(name, { lastAt, cells });
      }
      forgetOld();
    },
    note(id, route, answered, at, mostMs) {
      const name = `${route} ${id}`;
      const isNew = !kept.has(name);
      const cells = kept.get(name) ?? emptyCells();
      noteCells(cells, answered, Math.floor(at / 1000), mostMs / 1000);
      kept.set(name, cells);
      if (isNew && kept.size > mostRoutes * 1.1) forgetOld();
      // A change is shown soon, not with the next minute.
      const isNews = heard.get(name) !== answered;
      heard.set(name, answered);
      if (isNews && !hidden && followed.includes(id)) {
        publishing?.();
        publishing = clock.after(1_000, publish);
      }
      writing ??= clock.after(writeMs, () => void write());
    },
    follow(ids) {
      const isSame = ids.length === followed.length && ids.every((id, index) => id === followed[index]);
      followed = ids;
      if (!isSame) {
        publishing?.();
        publishing = clock.after(1_000, publish);
      }
    },
    forget(isGone) {
      const gone = [...kept].filter(([name]) => isGone(name.slice(name.indexOf(' ') + 1)));
      for (const [name] of gone) {
        kept.delete(name);
        heard.delete(name);
      }
      writing ??= clock.after(writeMs, () => void write());
      return () => {
        for (const [name, cells] of gone) if (!kept.has(name)) kept.set(name, cells);
        writing ??= clock.after(writeMs, () => void write());
        return ok(null);
      };
    },
    setHidden(now) {
      const shown = hidden && !now;
      hidden = now;
      if (shown) publish();
    },
    async stop() {
      publishing?.();
      publishing = undefined;
      await (writing === undefined ? lastWrite : write());
    },
  };
}

/** A strip moves on with the minute, its shortest cell; within one, only a note changes it. */
function createReader(): typeof readCells {
  const read = new WeakMap<AvailabilityCells, { lastAt: number; minute: number; value: RouteAvailability }>();
  return (cells, now) => {
    const minute = Math.floor(now / 60);
    const before = read.get(cells);
    if (before?.minute === minute && before.lastAt === cells.lastAt) return before.value;
    const value = readCells(cells, now);
    read.set(cells, { lastAt: cells.lastAt, minute, value });
    return value;
  };
}

function encode({ cells }: AvailabilityCells): string {
  const bytes = Buffer.alloc(cells.length * 2);
  for (const [index, value] of cells.entries()) bytes.writeUInt16LE(value, index * 2);
  return bytes.toString('base64');
}

/** `undefined` for what another version wrote, or nobody did. */
function decode(text: string): Uint16Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== cellsLength * 2) return undefined;
  return Uint16Array.from({ length: cellsLength }, (_, index) => bytes.readUInt16LE(index * 2));
}
