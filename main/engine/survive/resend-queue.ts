import type { Frame } from './frames.ts';

type Kept = Extract<Frame, { readonly kind: 'data' | 'end' | 'reset' }>;
const sizeOf = (frame: Kept): number => (frame.kind === 'data' ? frame.data.length : 1);

/** What was said and not acknowledged yet, in order. An end or a reset counts as one byte. */
export interface ResendQueue {
  push(frame: Kept): void;
  /** The other side has so many bytes in all: fewer than before are no news, more than were said are refused. */
  had(count: number): boolean;
  list(): readonly Kept[];
  /** Bytes that are kept. */
  size(): number;
}

export function createResendQueue(): ResendQueue {
  let kept: Kept[] = [];
  let base = 0;
  let size = 0;
  return {
    push(frame) {
      kept.push(frame);
      size += sizeOf(frame);
    },
    had(count) {
      if (count > base + size) return false;
      let gone = 0;
      for (const frame of kept) {
        const whole = sizeOf(frame);
        if (base + whole > count) break;
        base += whole;
        size -= whole;
        gone += 1;
      }
      if (gone > 0) kept = kept.slice(gone);
      const [first] = kept;
      if (first?.kind === 'data' && count > base) {
        kept[0] = { kind: 'data', data: first.data.subarray(count - base) };
        size -= count - base;
        base = count;
      }
      return true;
    },
    list: () => kept,
    size: () => size,
  };
}
