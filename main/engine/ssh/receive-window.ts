import type { Duplex, Readable } from 'node:stream';
import type { PathMeter } from './path-meter.ts';

/**
 * The one place that knows how ssh2 1.17 counts a channel's receive window (`lib/Channel.js`, `lib/client.js`); its test
 * fails when that changes.
 *
 * ssh2 lets the far side send 2 MiB ahead and no more, which holds a download to 2 MiB per round trip, and fills every
 * queue of a path that is narrower. Here a channel is credited as its bytes are consumed, up to its share of what the path
 * holds (`path-window.ts`). A window that is larger than that would do harm besides: OpenSSH's server fills its own buffer
 * up to it, and copies it whole each time that it grows (`sshbuf_reserve`).
 */
export interface WindowBudget {
  /** What all windows together may have beyond the first 2 MiB of each: a stalled reader makes this side hold it. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

/** What ssh2 offers when it opens a channel. */
export const firstWindow = 2 * 1024 * 1024;
const mostExtra = 32 * 1024 * 1024;
/** Less is not worth a packet of its own. */
const leastCredit = 8 * 1024;

export function createWindowBudget(extraBytes: number = mostExtra): WindowBudget {
  let left = extraBytes;
  return {
    take(bytes) {
      if (bytes > left) return false;
      left -= bytes;
      return true;
    },
    give(bytes) {
      left += bytes;
    },
  };
}

/** What this module uses of a channel of ssh2. */
interface Ssh2Channel {
  readonly incoming: { window: number; state: string };
  readonly stderr?: Readable;
  readonly outgoing: { readonly id: number; readonly state: string; readonly window: number };
  readonly _client: {
    readonly _protocol: { channelWindowAdjust(channel: number, bytes: number): void };
  };
}

interface ReceiveWindow {
  /** Bytes that the reader has taken. */
  consumed(bytes: number): void;
  /** The reader cannot keep up now: what is held for it says nothing of the path. */
  stalled(): void;
  /** Whether so many bytes leave as soon as they are written: then ssh2 has copied them and keeps nothing. */
  sendsAtOnce(bytes: number): boolean;
  close(): void;
}

/** Those who share one path. */
export interface Sharing {
  /** Bytes of one of them; gives its part of `whole`. */
  note(who: object, bytes: number, whole: number): number;
  leave(who: object): void;
}

/** One that moved so much lately wants as much as it can get. */
const greedyBytes = 128 * 1024;
const spanMs = 300;

/** Equal parts for those who want more than they have; the others are given what they use. `now`: ms of any clock. */
export function createSharing(now: () => number): Sharing {
  const moved = new Map<object, number>();
  let greedy = new Set<object>();
  let since = now();
  return {
    note(who, bytes, whole) {
      moved.set(who, (moved.get(who) ?? 0) + bytes);
      if ((moved.get(who) ?? 0) > greedyBytes) greedy.add(who);
      if (now() - since > spanMs) {
        greedy = new Set([...moved].filter(([, count]) => count > greedyBytes).map(([one]) => one));
        moved.clear();
        since = now();
      }
      return whole / Math.max(1, greedy.size);
    },
    leave(who) {
      moved.delete(who);
      greedy.delete(who);
    },
  };
}

/** Takes over the accounting of one channel, right after it was opened. */
export function openWindow(
  channel: Duplex,
  path: {
    readonly windows: WindowBudget;
    readonly meter: Pick<PathMeter, 'open' | 'stalled'>;
    readonly sharing: Sharing;
  },
): ReceiveWindow {
  const { incoming, outgoing, stderr, _client } = channel as unknown as Ssh2Channel;
  let received = 0;
  let isOver = false;
  // ssh2 tops up by itself when it has counted down to 1 MiB, and takes whatever comes: here it never gets there, and a
  // server that sends more than it was allowed (RFC 4254 §5.2) would fill the memory where a reader stands still.
  Object.defineProperty(incoming, 'window', {
    // At 0 ssh2 drops what comes.
    get: () => (isOver ? 0 : Number.MAX_SAFE_INTEGER),
    set: (left: number) => {
      if (!isOver) received += Number.MAX_SAFE_INTEGER - left;
      if (isOver || received <= granted) return;
      isOver = true;
      if (channel.listenerCount('error') > 0)
        channel.emit('error', new Error('The server sent more than it was allowed.'));
      channel.destroy();
    },
  });
  // Nothing that is dialled has a second stream (RFC 4254 §5.2 has it for sessions): it counts, and is kept by nobody.
  stderr?.resume();
  let extra = 0;
  let taken = 0;
  let granted = firstWindow;
  let open = true;

  /** What may be under way or held here, as far as the budget goes. */
  function share(bytes: number): number {
    const wanted = Math.round(path.sharing.note(channel, bytes, path.meter.open('down')));
    let more = Math.max(0, wanted - firstWindow) - extra;
    if (more < 0) path.windows.give(-more);
    // As much of it as there is.
    while (more > 0 && !path.windows.take(more)) more = more > leastCredit ? Math.floor(more / 2) : 0;
    extra += more;
    return Math.min(wanted, firstWindow + extra);
  }

  return {
    consumed(bytes) {
      if (!open) return;
      taken += bytes;
      const size = share(bytes);
      const credit = taken + size - granted;
      if (credit < Math.max(leastCredit, size / 8)) return;
      granted += credit;
      if (incoming.state === 'open' && (outgoing.state === 'open' || outgoing.state === 'eof'))
        _client._protocol.channelWindowAdjust(outgoing.id, credit);
    },
    stalled: () => path.meter.stalled(),
    sendsAtOnce: (bytes) =>
      channel.writableLength === 0 && outgoing.state === 'open' && outgoing.window >= bytes,
    close() {
      if (!open) return;
      open = false;
      path.windows.give(extra);
      path.sharing.leave(channel);
    },
  };
}
