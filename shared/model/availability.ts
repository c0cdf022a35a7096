/** The ranges over which availability is kept, with the length of one cell of the strip and how many there are. */
export const availabilityRanges = {
  hour: { cellSeconds: 60, cells: 60 },
  day: { cellSeconds: 1_800, cells: 48 },
  week: { cellSeconds: 10_800, cells: 56 },
} as const;
export type AvailabilityRangeName = keyof typeof availabilityRanges;
export const availabilityRangeNames = ['hour', 'day', 'week'] as const satisfies AvailabilityRangeName[];

/** One range of one route. */
export interface AvailabilityRange {
  /** Of the time that is known, the part in which the service answered: 0 to 1 in steps of 0.0001. */
  readonly share?: number;
  /** Seconds of the range that are known: Gearway was running and asked. */
  readonly knownSeconds: number;
  /**
   * One character a cell, the oldest first, the last one is now: `-` where nothing is known, `0` where it never
   * answered, `9` where it always did, `1` to `8` in between.
   */
  readonly strip: string;
}

export type RouteAvailability = { readonly [R in AvailabilityRangeName]: AvailabilityRange };

/** How often the routes of one service answered. By service. */
export interface Availability {
  readonly id: string;
  readonly public?: RouteAvailability;
  readonly tunnel?: RouteAvailability;
}
