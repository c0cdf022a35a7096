import {
  type AvailabilityRange,
  type AvailabilityRangeName,
  availabilityRanges,
} from '../../../shared/model/availability.ts';

/** One stretch of time in a strip. */
export interface StripCell {
  /** Its place, from 0. */
  readonly at: number;
  readonly state: 'unknown' | 'down' | 'partly' | 'up';
  /** The part in which the service answered, from 0 to 1. */
  readonly share: number;
}

/** The cells of a strip, the oldest first. What cannot be read is unknown. Pure. */
export const stripCells = (strip: string): readonly StripCell[] =>
  [...strip].map((letter, at) => {
    if (!/^[0-9]$/.test(letter)) return { at, state: 'unknown', share: 0 };
    const tenths = Number(letter);
    return { at, state: tenths === 0 ? 'down' : tenths === 9 ? 'up' : 'partly', share: tenths / 9 };
  });

/** A share says nothing of a span of which less than this part was watched. */
const leastPart = 0.1;

/**
 * A share with the ground that it stands on. Rounded down: what failed once is never written as 100. `short` where less
 * than a tenth of the span was watched: then no figure is said. Pure.
 */
export function sharedOf(
  name: AvailabilityRangeName,
  { share, knownSeconds }: Pick<AvailabilityRange, 'share' | 'knownSeconds'>,
):
  | { readonly kind: 'unknown' }
  | { readonly kind: 'short'; readonly watchedMs: number }
  | { readonly kind: 'known'; readonly percent: number; readonly watchedMs: number } {
  if (share === undefined || knownSeconds <= 0) return { kind: 'unknown' };
  const watchedMs = knownSeconds * 1_000;
  const { cellSeconds, cells } = availabilityRanges[name];
  if (knownSeconds < cellSeconds * cells * leastPart) return { kind: 'short', watchedMs };
  return { kind: 'known', percent: Math.floor(share * 1_000 + 1e-6) / 10, watchedMs };
}
