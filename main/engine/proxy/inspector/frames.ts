/** Counts the messages of one direction of a WebSocket, from its bytes as they pass (RFC 6455 §5.2). */
export interface FrameCounter {
  read(chunk: Buffer): void;
  readonly messages: number;
}

/**
 * Reads frame headers only and skips payloads; a message counts with its last frame, control frames do not count.
 * What is no WebSocket stops the counting and nothing else.
 */
export function createFrameCounter(): FrameCounter {
  let messages = 0;
  let skip = 0;
  let broken = false;
  /** The beginning of a header that was split between two chunks; at most 14 bytes. */
  let held: Buffer | undefined;

  function header(
    chunk: Buffer,
    at: number,
  ): { readonly length: number; readonly payload: number } | undefined {
    if (chunk.length - at < 2) return undefined;
    const second = chunk[at + 1] ?? 0;
    const short = second & 0x7f;
    const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
    const length = 2 + extra + ((second & 0x80) === 0 ? 0 : 4);
    if (chunk.length - at < length) return undefined;
    if (extra === 2) return { length, payload: chunk.readUInt16BE(at + 2) };
    if (extra === 8) return { length, payload: Number(chunk.readBigUInt64BE(at + 2)) };
    return { length, payload: short };
  }

  return {
    get messages() {
      return messages;
    },
    read(fresh) {
      if (broken) return;
      let at = 0;
      if (skip > 0) {
        at = Math.min(skip, fresh.length);
        skip -= at;
        if (at === fresh.length) return;
      }
      const chunk = held === undefined ? fresh : Buffer.concat([held, fresh]);
      held = undefined;
      while (at < chunk.length) {
        const found = header(chunk, at);
        if (found === undefined) {
          held = Buffer.from(chunk.subarray(at));
          return;
        }
        const first = chunk[at] ?? 0;
        if (!Number.isSafeInteger(found.payload)) {
          broken = true;
          return;
        }
        if ((first & 0x80) !== 0 && (first & 0x0f) < 8) messages += 1;
        const end = at + found.length + found.payload;
        skip = Math.max(0, end - chunk.length);
        at = Math.min(end, chunk.length);
      }
    },
  };
}

/** Counts the events of a stream: an empty line ends each (WHATWG HTML §9.2.6). */
export function createEventCounter(): FrameCounter {
  let messages = 0;
  let atLineStart = true;
  let hasContent = false;
  let afterReturn = false;
  return {
    get messages() {
      return messages;
    },
    read(chunk) {
      for (const byte of chunk) {
        if (byte === 10 && afterReturn) {
          afterReturn = false;
          continue;
        }
        afterReturn = byte === 13;
        if (byte !== 10 && byte !== 13) {
          // A comment (`: ping`) is no event.
          if (!atLineStart || byte !== 58) hasContent ||= atLineStart;
          atLineStart = false;
        } else if (atLineStart) {
          if (hasContent) messages += 1;
          hasContent = false;
        } else atLineStart = true;
      }
    },
  };
}
