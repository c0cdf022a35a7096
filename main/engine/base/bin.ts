import type { Removed } from '../../../shared/model/removed.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock, Stop } from './effects.ts';

/** Brings back what one removal took away, as it was. A removal that took nothing away gives one that does nothing. */
export type PutBack = () => Promise<Result<unknown>> | Result<unknown>;

/** The way back where there was nothing to remove. */
export const nothingToPutBack: PutBack = () => ok(null);

/**
 * What was removed, for as long as it can be put back. The removal itself is whole and at once, on disk and in the
 * keychain: a copy, its secrets too, is held here alone, so a crash ends the way back and never leaves anything behind.
 */
export interface Bin {
  /** Takes the way back of a removal that succeeded; what is handed out names it. */
  keep(removed: Result<PutBack>): Result<Removed>;
  /** Once. `undo_gone` when it is too late, and what the putting back says. */
  putBack(undoId: string): Promise<Result<null>>;
  stop(): void;
}

/** Longer than the offer stands in the window, unless it is held there. In ms. */
export const binMs = 60_000;

export function createBin(options: {
  readonly clock: Clock;
  /** Of this life of the engine: what another one removed is not here. */
  readonly epoch: string;
}): Bin {
  const held = new Map<string, { readonly putBack: PutBack; readonly cancel: Stop }>();
  let count = 0;
  return {
    keep(removed) {
      if (!removed.ok) return removed;
      count += 1;
      const undoId = `${options.epoch} ${count}`;
      const cancel = options.clock.after(binMs, () => held.delete(undoId));
      held.set(undoId, { putBack: removed.value, cancel });
      return ok({ undoId });
    },
    async putBack(undoId) {
      const found = held.get(undoId);
      if (found === undefined) return fail('undo_gone');
      found.cancel();
      held.delete(undoId);
      const done = await found.putBack();
      return done.ok ? ok(null) : done;
    },
    stop() {
      for (const { cancel } of held.values()) cancel();
      held.clear();
    },
  };
}
