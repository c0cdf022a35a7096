import type { Duplex } from 'node:stream';

/**
 * The one place that knows how ssh2 1.17 counts a channel's receive window (`lib/Channel.js`, `lib/client.js`); its test
 * fails when that changes.
 *
 * ssh2 lets the far side send 2 MiB ahead and no more, which holds a download to 2 MiB per round trip. Here the window is
 * credited as bytes are consumed, and grows where the path is long and the reader keeps up. Not elsewhere: OpenSSH's
 * server fills its own buffer up to the window, and copies it whole each time that it grows (`sshbuf_reserve`), so that
 * on a short path a window of 32 MiB made a download nine times slower.
 */
export interface WindowBudget {
  /** What all windows together may have beyond the first 2 MiB of each: a stalled reader makes this side hold it. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

/** What ssh2 offers when it opens a channel. */
export const firstWindow = 2 * 1024 * 1024;
const mostWindow = 32 * 1024 * 1024;
const mostExtra = 32 * 1024 * 1024;
/**
 * On a path that is shorter than this the first window is enough for 250 MB/s, more than one thread decrypts: a window
 * that grew while the system's own buffers filled would only be held by a reader that stalls afterwards.
 */
const longPathMs = 8;

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
  readonly outgoing: { readonly id: number; readonly state: string; readonly window: number };
  readonly _client: {
    readonly _protocol: { channelWindowAdjust(channel: number, bytes: number): void };
  };
}

interface ReceiveWindow {
  /** Bytes that the reader has taken. */
  consumed(bytes: number): void;
  /** The reader cannot keep up now: the window does not grow. */
  stalled(): void;
  /** Whether so many bytes leave as soon as they are written: then ssh2 has copied them and keeps nothing. */
  sendsAtOnce(bytes: number): boolean;
  close(): void;
}

/** Takes over the accounting of one channel, right after it was opened. `roundTripMs`: the path's own, unloaded. */
export function openWindow(
  channel: Duplex,
  path: { readonly windows: WindowBudget; roundTripMs(): number },
): ReceiveWindow {
  const { incoming, outgoing, _client } = channel as unknown as Ssh2Channel;
  // ssh2 tops up by itself when it has counted down to 1 MiB: it never gets there.
  incoming.window = Number.MAX_SAFE_INTEGER;
  let size = firstWindow;
  let uncredited = 0;
  /** Bytes since `mark` that went through without a stop. */
  let smooth = 0;
  let mark = performance.now();
  let open = true;

  /** What to add, once a whole window went through without a stop. */
  function growth(): number {
    if (smooth < size) return 0;
    const now = performance.now();
    const roundTripMs = path.roundTripMs();
    const inFlight = (smooth / Math.max(now - mark, 0.01)) * roundTripMs;
    smooth = 0;
    mark = now;
    const isShort = roundTripMs < longPathMs || inFlight * 2 <= size;
    return size < mostWindow && !isShort && path.windows.take(size) ? size : 0;
  }

  return {
    consumed(bytes) {
      if (!open) return;
      uncredited += bytes;
      smooth += bytes;
      if (uncredited < size / 8) return;
      const more = growth();
      const credit = uncredited + more;
      size += more;
      uncredited = 0;
      if (incoming.state === 'open' && (outgoing.state === 'open' || outgoing.state === 'eof'))
        _client._protocol.channelWindowAdjust(outgoing.id, credit);
    },
    stalled() {
      smooth = 0;
      mark = performance.now();
    },
    sendsAtOnce: (bytes) =>
      channel.writableLength === 0 && outgoing.state === 'open' && outgoing.window >= bytes,
    close() {
      if (!open) return;
      open = false;
      path.windows.give(size - firstWindow);
    },
  };
}
