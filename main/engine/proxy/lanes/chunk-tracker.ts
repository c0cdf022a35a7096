/** Finds the end of a chunked body while its bytes pass unchanged (RFC 9112 §7.1). */
interface ChunkTracker {
  /** How many bytes of `part` belong to the body; `undefined` for what is no chunked coding. */
  read(part: Buffer, onData: (data: Buffer) => void): number | undefined;
  readonly isDone: boolean;
}

type Place =
  | 'size'
  | 'extension'
  | 'sizeLineFeed'
  | 'data'
  | 'dataReturn'
  | 'dataLineFeed'
  | 'trailerStart'
  | 'trailer'
  | 'trailerLineFeed'
  | 'lastLineFeed'
  | 'done';

/** Bytes of extensions and trailers: nobody needs more, and they are not counted by anyone else. */
const mostExtra = 16 * 1024;

export function createChunkTracker(): ChunkTracker {
  let place: Place = 'size';
  let left = 0;
  let digits = 0;
  let extra = 0;

  return {
    get isDone() {
      return place === 'done';
    },
    read(part, onData) {
      let at = 0;
      while (at < part.length && place !== 'done') {
        if (place === 'data') {
          const end = Math.min(part.length, at + left);
          onData(part.subarray(at, end));
          left -= end - at;
          at = end;
          if (left === 0) place = 'dataReturn';
          continue;
        }
        const byte = part[at] ?? 0;
        at += 1;
        switch (place) {
          case 'size': {
            const digit = hexDigit(byte);
            if (digit >= 0) {
              // Twelve digits are 256 TiB and still an exact number.
              if (digits === 12) return undefined;
              digits += 1;
              left = left * 16 + digit;
            } else if (digits === 0) return undefined;
            else if (byte === 13) place = 'sizeLineFeed';
            else if (byte === 59 || byte === 32 || byte === 9) place = 'extension';
            else return undefined;
            break;
          }
          case 'extension':
            if (byte === 10 || ++extra > mostExtra) return undefined;
            if (byte === 13) place = 'sizeLineFeed';
            break;
          case 'sizeLineFeed':
            if (byte !== 10) return undefined;
            digits = 0;
            place = left === 0 ? 'trailerStart' : 'data';
            break;
          case 'dataReturn':
            if (byte !== 13) return undefined;
            place = 'dataLineFeed';
            break;
          case 'dataLineFeed':
            if (byte !== 10) return undefined;
            place = 'size';
            break;
          case 'trailerStart':
            if (byte === 10) return undefined;
            place = byte === 13 ? 'lastLineFeed' : 'trailer';
            break;
          case 'trailer':
            if (byte === 10 || ++extra > mostExtra) return undefined;
            if (byte === 13) place = 'trailerLineFeed';
            break;
          case 'trailerLineFeed':
            if (byte !== 10) return undefined;
            place = 'trailerStart';
            break;
          case 'lastLineFeed':
            if (byte !== 10) return undefined;
            place = 'done';
            break;
        }
      }
      return at;
    },
  };
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
