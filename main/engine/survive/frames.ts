/** What goes between this computer and the helper: kind and length in five bytes, then the bytes. */
export type Frame =
  /** Part of what was said; pieces come as they come. */
  | { readonly kind: 'data'; readonly data: Buffer }
  /** So many bytes were taken in all, an end or a reset counting as one. */
  | { readonly kind: 'ack'; readonly count: number }
  /** Nothing more comes from there. */
  | { readonly kind: 'end' }
  | { readonly kind: 'reset' };

const letters = { data: 0x44, ack: 0x41, end: 0x45, reset: 0x52 } as const;
const headBytes = 5;
const mostPiece = 256 * 1024;

export function encode(frame: Frame): readonly Buffer[] {
  switch (frame.kind) {
    case 'data': {
      const out: Buffer[] = [];
      for (let at = 0; at < frame.data.length; at += mostPiece) {
        const piece = frame.data.subarray(at, at + mostPiece);
        out.push(headOf('data', piece.length), piece);
      }
      return out;
    }
    case 'ack': {
      const count = Buffer.alloc(8);
      count.writeBigUInt64BE(BigInt(frame.count));
      return [headOf('ack', 8), count];
    }
    default:
      return [headOf(frame.kind, 0)];
  }
}

function headOf(kind: Frame['kind'], length: number): Buffer {
  const head = Buffer.allocUnsafe(headBytes);
  head[0] = letters[kind];
  head.writeUInt32BE(length, 1);
  return head;
}

/** Reads frames from pieces of any size; data is handed on as it comes. Throws for what is no frame. */
export function createDecoder(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let head = Buffer.alloc(0);
  /** What is left of the data, or of a count. */
  let left = 0;
  let count: Buffer | undefined;

  return function take(chunk) {
    let rest = chunk;
    while (rest.length > 0) {
      if (left > 0) {
        const piece = rest.subarray(0, left);
        left -= piece.length;
        rest = rest.subarray(piece.length);
        if (count === undefined) onFrame({ kind: 'data', data: piece });
        else {
          count = Buffer.concat([count, piece]);
          if (left === 0) {
            onFrame({ kind: 'ack', count: Number(count.readBigUInt64BE()) });
            count = undefined;
          }
        }
        continue;
      }
      const missing = headBytes - head.length;
      head = Buffer.concat([head, rest.subarray(0, missing)]);
      rest = rest.subarray(missing);
      if (head.length < headBytes) return;
      const length = head.readUInt32BE(1);
      const kind = head[0];
      head = Buffer.alloc(0);
      if (kind === letters.end && length === 0) onFrame({ kind: 'end' });
      else if (kind === letters.reset && length === 0) onFrame({ kind: 'reset' });
      else if (kind === letters.data && length <= mostPiece) left = length;
      else if (kind === letters.ack && length === 8) {
        left = 8;
        count = Buffer.alloc(0);
      } else throw new Error('no frame');
    }
  };
}
