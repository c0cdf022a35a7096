import type { Launch } from '../../../shared/model/launch.ts';
import type { Result } from '../../../shared/result.ts';

/** A stop that is under way. Whoever loses patience sets `isForced`. */
interface Ending {
  isForced: boolean;
  readonly done: Promise<Result<null>>;
}

/** Stops that are under way, by service, so that one can still be hurried. */
interface Endings {
  begin(launch: Launch, isForced: boolean, signal: AbortSignal): Ending;
  of(id: string): Ending | undefined;
}

export function createEndings(
  end: (launch: Launch, isForced: () => boolean, signal: AbortSignal) => Promise<Result<null>>,
): Endings {
  const endings = new Map<string, Ending>();
  return {
    begin(launch, isForced, signal) {
      const patience = { isForced };
      const done = end(launch, () => patience.isForced, signal).finally(() => endings.delete(launch.id));
      const ending = Object.assign(patience, { done });
      endings.set(launch.id, ending);
      return ending;
    },
    of: (id) => endings.get(id),
  };
}
