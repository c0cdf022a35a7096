import type { EngineState } from '../../../shared/contract/state.ts';
import type { Service } from '../../../shared/model/service.ts';

/** A platform that is slow to answer is waited for this long, and a list that was read for its services this long; in ms. */
const mostMs = 15_000;
const listMs = 500;

/**
 * The service of this name, as soon as the engine knows it: a link may start the application, and comes before any list.
 * `undefined` when the list was read and does not hold it, when nobody is signed in, or after 15 s.
 */
export function awaitService(
  name: string,
  options: {
    readonly read: () => EngineState;
    /** Calls after every change of what `read` gives. Gives the way to stop. */
    readonly watch: (listener: () => void) => () => void;
    /** Somebody is signed in, or will be as soon as the engine speaks. */
    readonly expectsAccount: () => boolean;
    readonly after: (ms: number, call: () => void) => () => void;
  },
): Promise<Service | undefined> {
  return new Promise((resolve) => {
    const find = () => Object.values(options.read().services).find((service) => service.name === name);
    const isSettled = () => {
      const { session } = options.read();
      return session.kind === 'none'
        ? !options.expectsAccount()
        : session.kind === 'open' && session.reach.kind !== 'asking';
    };
    let unlist: (() => void) | undefined;
    const finish = () => {
      unwatch();
      stop();
      unlist?.();
      resolve(find());
    };
    const look = () => {
      if (find() !== undefined) finish();
      else if (isSettled()) unlist ??= options.after(listMs, finish);
    };
    const unwatch = options.watch(look);
    const stop = options.after(mostMs, finish);
    look();
  });
}
