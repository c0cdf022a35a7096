import type { ExchangeTiming } from '../../../shared/model/exchange.ts';

interface TimingPart {
  /** `rest`: from the head of the answer to its end. */
  readonly name: 'queue' | 'connect' | 'firstByte' | 'rest';
  readonly ms: number;
  /** In hundredths of the whole. */
  readonly start: number;
  readonly width: number;
}

/** Parts of an exchange as shares of its whole, in their order; parts that were not reached are left out. Pure. */
export function timingParts(timing: ExchangeTiming): readonly TimingPart[] {
  const { queueMs, connectMs, firstByteMs, totalMs } = timing;
  const known = [
    ['queue', queueMs],
    ['connect', connectMs],
    ['firstByte', firstByteMs],
  ] as const;
  const spent = known.reduce((sum, [, ms]) => sum + (ms ?? 0), 0);
  const rest = totalMs === undefined ? undefined : Math.max(0, totalMs - spent);
  const whole = Math.max(spent + (rest ?? 0), 0.001);
  let start = 0;
  return [...known, ['rest', rest] as const].flatMap(([name, ms]) => {
    if (ms === undefined) return [];
    const width = (ms / whole) * 100;
    const part = { name, ms, start, width };
    start += width;
    return [part];
  });
}
