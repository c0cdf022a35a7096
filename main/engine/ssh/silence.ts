import type { Clock, Stop } from '../base/effects.ts';

/** What a socket tells of its bytes, as Node's own sockets do. */
export interface Wire {
  readonly bytesRead: number;
  readonly bytesWritten: number;
  /** Written, and not taken by the system yet. */
  readonly writableLength: number;
}

/**
 * Watches a wire for silence: `onSilent` is called once when nothing was heard for `most` looks in a row, one each
 * `everyMs`. Any byte is life, not only the answer to a question: on a slow path an answer waits behind all that was
 * sent before it. So is a write that the system takes up again, which needs the far side's acknowledgement. `ask` is
 * called at each silent look. Looks are counted, and no clock is read: a clock that is set, a machine that slept and a
 * thread that was held up are no silence.
 */
export function watchSilence(options: {
  readonly wire: Wire;
  readonly clock: Pick<Clock, 'after'>;
  readonly everyMs: number;
  readonly most: number;
  readonly ask?: () => void;
  /** Something was heard since the last look. */
  readonly onHeard?: () => void;
  readonly onSilent: () => void;
}): Stop {
  const { wire } = options;
  let heard = wire.bytesRead;
  let taken = takenBy(wire);
  let wasFull = wire.writableLength > 0;
  let silent = 0;
  let cancel: Stop = () => {};

  const look = () => {
    const isMoving = wasFull && takenBy(wire) > taken;
    const isAlive = wire.bytesRead !== heard || isMoving;
    heard = wire.bytesRead;
    taken = takenBy(wire);
    wasFull = wire.writableLength > 0;
    silent = isAlive ? 0 : silent + 1;
    if (silent >= options.most) {
      options.onSilent();
      return;
    }
    cancel = options.clock.after(options.everyMs, look);
    if (isAlive) options.onHeard?.();
    else options.ask?.();
  };
  cancel = options.clock.after(options.everyMs, look);
  return () => cancel();
}

const takenBy = ({ bytesWritten, writableLength }: Wire): number => bytesWritten - writableLength;
