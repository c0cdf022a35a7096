import type { AvailabilityRange } from '../../../shared/model/availability.ts';

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

/** Rounded down: what failed once is never written as 100. `undefined` where nothing is known. Pure. */
export const percentOf = ({ share }: Pick<AvailabilityRange, 'share'>): number | undefined =>
  share === undefined ? undefined : Math.floor(share * 1_000 + 1e-6) / 10;
