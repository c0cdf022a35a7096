import type { SocketFrame } from '../../../../shared/model/exchange.ts';
import { redactText } from './redact.ts';

/** Of one frame so much is shown, in bytes; of one WebSocket so many frames. */
const mostShown = 2 * 1024;
const mostFrames = 200;

/** The last frames of a WebSocket as they pass, for a person to read. Only while bodies are kept. */
export interface FrameLog {
  up(chunk: Buffer): void;
  down(chunk: Buffer): void;
  list(): readonly SocketFrame[];
}

/** `now`: milliseconds since the epoch. */
export function createFrameLog(now: () => number): FrameLog {
  const frames: SocketFrame[] = [];
  const note = (way: SocketFrame['way']) =>
    createFrameReader(({ kind, payload, bytes, isCompressed }) => {
      if (frames.length === mostFrames) frames.shift();
      frames.push({ at: now(), way, kind, bytes, isCompressed, text: textOf(kind, payload, isCompressed) });
    });
  const [up, down] = [note('up'), note('down')];
  return { up, down, list: () => [...frames] };
}

interface ReadFrame {
  readonly kind: SocketFrame['kind'];
  /** Its beginning, unmasked. */
  readonly payload: Buffer;
  readonly bytes: number;
  readonly isCompressed: boolean;
}

const kinds: Readonly<Record<number, SocketFrame['kind']>> = {
  0: 'more',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
};

/** Reads frames from bytes as they come (RFC 6455 §5.2). What is no frame ends the reading and nothing else. */
export function createFrameReader(onFrame: (frame: ReadFrame) => void): (chunk: Buffer) => void {
  let held: Buffer = Buffer.alloc(0);
  let current:
    | {
        readonly first: number;
        readonly bytes: number;
        readonly mask?: Buffer;
        left: number;
        shown: Buffer[];
        seen: number;
      }
    | undefined;
  let isBroken = false;

  const finish = (frame: NonNullable<typeof current>) => {
    current = undefined;
    const payload = Buffer.concat(frame.shown);
    const { mask } = frame;
    if (mask !== undefined)
      for (let at = 0; at < payload.length; at += 1) payload[at] = (payload[at] ?? 0) ^ (mask[at % 4] ?? 0);
    const kind = kinds[frame.first & 0x0f];
    if (kind === undefined) isBroken = true;
    else onFrame({ kind, payload, bytes: frame.bytes, isCompressed: (frame.first & 0x40) !== 0 });
  };

  return (chunk) => {
    let at = 0;
    while (at < chunk.length && !isBroken) {
      if (current === undefined) {
        // A header has at most 14 bytes: it is gathered byte by byte where it was split.
        const head = Buffer.concat([held, chunk.subarray(at, at + 14 - held.length)]);
        const found = readHead(head);
        if (found === undefined) {
          held = head;
          return;
        }
        at += found.length - held.length;
        held = Buffer.alloc(0);
        if (!Number.isSafeInteger(found.bytes)) {
          isBroken = true;
          return;
        }
        current = {
          first: head[0] ?? 0,
          bytes: found.bytes,
          mask: found.mask,
          left: found.bytes,
          shown: [],
          seen: 0,
        };
      } else {
        const part = chunk.subarray(at, at + current.left);
        const wanted = part.subarray(0, Math.max(0, mostShown - current.seen));
        if (wanted.length > 0) current.shown.push(Buffer.from(wanted));
        current.seen += part.length;
        current.left -= part.length;
        at += part.length;
      }
      if (current.left === 0) finish(current);
    }
  };
}

function readHead(
  head: Buffer,
): { readonly length: number; readonly bytes: number; readonly mask?: Buffer } | undefined {
  if (head.length < 2) return undefined;
  const second = head[1] ?? 0;
  const short = second & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  const isMasked = (second & 0x80) !== 0;
  const length = 2 + extra + (isMasked ? 4 : 0);
  if (head.length < length) return undefined;
  const bytes = extra === 0 ? short : extra === 2 ? head.readUInt16BE(2) : Number(head.readBigUInt64BE(2));
  return { length, bytes, mask: isMasked ? Buffer.from(head.subarray(length - 4, length)) : undefined };
}

/** Nothing where the bytes are no text for people. */
function textOf(kind: SocketFrame['kind'], payload: Buffer, isCompressed: boolean): string {
  if (isCompressed || kind === 'binary') return '';
  if (kind === 'close')
    return payload.length < 2
      ? ''
      : `${payload.readUInt16BE(0)} ${payload.subarray(2).toString('utf8')}`.trim();
  return redactText(payload.toString('utf8'));
}
