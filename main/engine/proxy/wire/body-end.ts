import { assertNever } from '../../../../shared/assert-never.ts';
import type { Framing } from './answer-head.ts';
import { createChunkTracker } from './chunk-tracker.ts';

/** Finds where the body of one answer ends while its bytes pass unchanged (RFC 9112 §6.3). */
export interface BodyEnd {
  /** How many bytes of `part` belong to the body; `undefined` for what is framed wrongly. */
  read(part: Buffer): number | undefined;
  /** Nothing more belongs to it. Never so where it ends with the connection. */
  readonly isWhole: boolean;
  /** How many bytes of the part that was framed wrongly came before the fault. */
  readonly rightBytes: number;
  /** Lines after the last chunk, Latin-1. */
  readonly trailers: string;
}

/** `onData` sees what the body holds, without the framing of chunks. `strict`: for a request. */
export function createBodyEnd(
  framing: Framing,
  onData: (data: Buffer) => void,
  how: 'strict' | 'lenient',
): BodyEnd {
  switch (framing.kind) {
    case 'none':
      return { read: () => 0, isWhole: true, trailers: '', rightBytes: 0 };
    case 'length':
      return new LengthEnd(framing.bytes, onData);
    case 'chunked': {
      const tracker = createChunkTracker(how);
      return {
        read: (part) => tracker.read(part, onData),
        get isWhole() {
          return tracker.isDone;
        },
        get rightBytes() {
          return tracker.rightBytes;
        },
        get trailers() {
          return tracker.trailers;
        },
      };
    }
    case 'close':
      return {
        read(part) {
          onData(part);
          return part.length;
        },
        isWhole: false,
        trailers: '',
        rightBytes: 0,
      };
    default:
      return assertNever(framing, 'framing');
  }
}

/** A class: an object with a getter of its own takes half a microsecond to make, and every small answer makes one. */
class LengthEnd implements BodyEnd {
  readonly trailers = '';
  readonly rightBytes = 0;
  #left: number;
  readonly #onData: (data: Buffer) => void;

  constructor(bytes: number, onData: (data: Buffer) => void) {
    this.#left = bytes;
    this.#onData = onData;
  }

  get isWhole(): boolean {
    return this.#left === 0;
  }

  read(part: Buffer): number {
    const taken = Math.min(part.length, this.#left);
    this.#left -= taken;
    if (taken > 0) this.#onData(taken === part.length ? part : part.subarray(0, taken));
    return taken;
  }
}
