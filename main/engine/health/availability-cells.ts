import {
  type AvailabilityRange,
  type AvailabilityRangeName,
  availabilityRangeNames,
  availabilityRanges,
  type RouteAvailability,
} from '../../../shared/model/availability.ts';

/**
 * What is kept of one route: for each cell of each range, how many seconds it answered and how many are known.
 * A ring in fixed space; `lastAt` (seconds since the epoch) says up to when it is filled, and so where each ring stands.
 */
export interface AvailabilityCells {
  lastAt: number;
  readonly cells: Uint16Array;
}

/** Two numbers a cell. */
const perCell = 2;
/** Where each range begins in the one array. */
const starts = (() => {
  let next = 0;
  const at = {} as Record<AvailabilityRangeName, number>;
  for (const name of availabilityRangeNames) {
    at[name] = next;
    next += availabilityRanges[name].cells * perCell;
  }
  return { at, length: next };
})();
export const cellsLength = starts.length;

/** A clock that was set back further than this makes what was kept worthless. */
const mostBackSeconds = 3_600;

export const emptyCells = (): AvailabilityCells => ({ lastAt: 0, cells: new Uint16Array(cellsLength) });

/**
 * Notes that the route answered, or not, from the last note until `at` (seconds), but for no longer than `most`: before
 * that nobody asked. The first note stands for one second. Time that runs backwards is left out.
 */
export function noteCells(kept: AvailabilityCells, answered: boolean, at: number, most: number): void {
  if (kept.lastAt > at + mostBackSeconds) {
    kept.cells.fill(0);
    kept.lastAt = 0;
  }
  if (at <= kept.lastAt) return;
  const from = kept.lastAt === 0 ? at - 1 : Math.max(kept.lastAt, at - Math.max(1, Math.ceil(most)));
  for (const name of availabilityRangeNames) {
    const { cellSeconds, cells } = availabilityRanges[name];
    const newest = Math.floor((at - 1) / cellSeconds);
    const known = lastCellOf(kept, cellSeconds);
    for (let cell = Math.max(known + 1, newest - cells + 1); cell <= newest; cell += 1) {
      const index = starts.at[name] + (cell % cells) * perCell;
      kept.cells[index] = 0;
      kept.cells[index + 1] = 0;
    }
    const first = Math.max(Math.floor(from / cellSeconds), newest - cells + 1);
    for (let cell = first; cell <= newest; cell += 1) {
      const seconds = Math.min(at, (cell + 1) * cellSeconds) - Math.max(from, cell * cellSeconds);
      const index = starts.at[name] + (cell % cells) * perCell;
      if (answered) kept.cells[index] = (kept.cells[index] ?? 0) + seconds;
      kept.cells[index + 1] = (kept.cells[index + 1] ?? 0) + seconds;
    }
  }
  kept.lastAt = at;
}

/** Number of the cell that the last note ended in; none before the first. */
const lastCellOf = ({ lastAt }: AvailabilityCells, cellSeconds: number): number =>
  lastAt === 0 ? -1 : Math.floor((lastAt - 1) / cellSeconds);

/** Seconds that are known are told in steps of this, so that not every probe is news. */
const knownStep = 60;

/** The ranges that end `now` (seconds). */
export function readCells(kept: AvailabilityCells, now: number): RouteAvailability {
  return {
    hour: readRange(kept, 'hour', now),
    day: readRange(kept, 'day', now),
    week: readRange(kept, 'week', now),
  };
}

function readRange(kept: AvailabilityCells, name: AvailabilityRangeName, now: number): AvailabilityRange {
  const { cellSeconds, cells } = availabilityRanges[name];
  const last = lastCellOf(kept, cellSeconds);
  const newest = Math.max(Math.floor(now / cellSeconds), last);
  let answered = 0;
  let known = 0;
  let strip = '';
  for (let cell = newest - cells + 1; cell <= newest; cell += 1) {
    const isKept = cell > last - cells && cell <= last && cell >= 0;
    const index = starts.at[name] + (cell % cells) * perCell;
    const good = isKept ? (kept.cells[index] ?? 0) : 0;
    const all = isKept ? (kept.cells[index + 1] ?? 0) : 0;
    answered += good;
    known += all;
    strip += all === 0 ? '-' : markOf(good / all);
  }
  const knownSeconds = known < knownStep ? known : known - (known % knownStep);
  return {
    ...(known === 0 ? {} : { share: Math.floor((answered / known) * 10_000) / 10_000 }),
    knownSeconds,
    strip,
  };
}

/** Only what always answered is a 9, only what never did a 0. */
const markOf = (share: number): string =>
  share >= 1 ? '9' : share <= 0 ? '0' : String(Math.min(8, Math.max(1, Math.round(share * 9))));
