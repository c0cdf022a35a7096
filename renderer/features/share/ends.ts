/** Until when something is shared, as a person chooses it. */
export const ends = ['hour', 'today', 'week', 'month', 'date', 'never'] as const;
export type End = (typeof ends)[number];

const hourMs = 3_600_000;

const endOfDay = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1).getTime();

/** In ms since the epoch; `null`: no end; `undefined`: the date is missing or over. `day` as `2026-12-24`. Pure. */
export function untilOf(end: End, day: string, now: number): number | null | undefined {
  switch (end) {
    case 'hour':
      return now + hourMs;
    case 'today':
      return endOfDay(new Date(now));
    case 'week':
      return now + 7 * 24 * hourMs;
    case 'month':
      return now + 30 * 24 * hourMs;
    case 'never':
      return null;
    case 'date': {
      const [year, month, date] = day.split('-').map(Number);
      if (!year || !month || !date) return undefined;
      const until = endOfDay(new Date(year, month - 1, date));
      return until > now ? until : undefined;
    }
  }
}
