import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { PathMeter } from './path-meter.ts';

/** What this module uses of ssh2 1.17 (`lib/client.js`, `lib/Channel.js`); its test fails when that changes. */
interface Ssh2Client {
  readonly _protocol: {
    channelData(id: number, data: Uint8Array): void;
    readonly _handlers: {
      CHANNEL_WINDOW_ADJUST(protocol: unknown, recipient: number, bytes: number): void;
      CHANNEL_DATA(protocol: unknown, recipient: number, data: Uint8Array): void;
    };
  };
}
interface Ssh2Channel {
  readonly incoming: { readonly id: number; readonly window: number };
  readonly outgoing: { window: number };
  _waitWindow: boolean;
}

/** What every channel may send without being asked: keystrokes and questions wait for nobody. */
const freeBytes = 32 * 1024;

interface Gated {
  readonly channel: Ssh2Channel;
  /** Credits of the far side that ssh2 has not been told of yet. */
  hidden: number;
}

/**
 * Keeps what is under way in the sending direction to what the path holds: ssh2 is told of the far side's credits only as
 * what was sent before is known to have arrived. What waits, waits in its channel and not in a queue that all channels
 * share, so that a small packet of another one is next.
 */
export function gateSending(client: Client, meter: PathMeter): { adopt(channel: Duplex): void } {
  const { _protocol: protocol } = client as unknown as Ssh2Client;
  const handlers = protocol._handlers;
  const gated = new Map<number, Gated>();
  const { CHANNEL_WINDOW_ADJUST, CHANNEL_DATA } = handlers;
  const tell = (id: number, bytes: number) => CHANNEL_WINDOW_ADJUST.call(handlers, protocol, id, bytes);

  const channelData = protocol.channelData.bind(protocol);
  protocol.channelData = (id, data) => {
    channelData(id, data);
    meter.sent(data.length);
  };
  handlers.CHANNEL_DATA = (from, recipient, data) => {
    meter.received(data.length);
    CHANNEL_DATA.call(handlers, from, recipient, data);
  };
  handlers.CHANNEL_WINDOW_ADJUST = (from, recipient, bytes) => {
    const one = gated.get(recipient);
    if (one === undefined) {
      CHANNEL_WINDOW_ADJUST.call(handlers, from, recipient, bytes);
      return;
    }
    one.hidden += bytes;
    release();
  };
  meter.onAnswer(() => release());

  let first = 0;
  /** The free part for everybody, then what is left of the path for those who wait, each in its turn. */
  function release() {
    let left = meter.open('up') - meter.unconfirmed();
    const waiting: [number, Gated][] = [];
    for (const [id, one] of gated) {
      if (one.hidden === 0) continue;
      if (one.channel._waitWindow) waiting.push([id, one]);
      else top(id, one, Math.max(freeBytes, left));
    }
    if (waiting.length === 0) return;
    first = (first + 1) % waiting.length;
    const turns = [...waiting.slice(first), ...waiting.slice(0, first)];
    for (const [index, [id, one]] of turns.entries()) {
      const part = Math.floor(left / (turns.length - index));
      // Nothing under way at all: somebody has to begin.
      const bytes = Math.min(one.hidden, meter.unconfirmed() === 0 ? Math.max(part, freeBytes) : part);
      if (bytes < 1_024 && bytes < one.hidden) continue;
      one.hidden -= bytes;
      left -= bytes;
      tell(id, bytes);
    }
  }

  function top(id: number, one: Gated, upTo: number) {
    const bytes = Math.min(one.hidden, upTo - one.channel.outgoing.window);
    if (bytes <= 0) return;
    one.hidden -= bytes;
    tell(id, bytes);
  }

  return {
    adopt(stream) {
      const channel = stream as unknown as Ssh2Channel;
      const { id } = channel.incoming;
      const visible = Math.min(channel.outgoing.window, Math.max(freeBytes, meter.open('up')));
      gated.set(id, { channel, hidden: channel.outgoing.window - visible });
      channel.outgoing.window = visible;
      stream.once('close', () => {
        if (gated.get(id)?.channel === channel) gated.delete(id);
      });
    },
  };
}
