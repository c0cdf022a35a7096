/** Finds the end of a chunked body while its bytes pass unchanged (RFC 9112 §7.1). */
interface ChunkTracker {
  /** How many bytes of `part` belong to the body; `undefined` for what is no chunked coding. */
  read(part: Buffer, onData: (data: Buffer) => void): number | undefined;
  readonly isDone: boolean;
  /** How many bytes of the last part were right before what is none. */
  readonly rightBytes: number;
  /** Lines after the last chunk as they came, Latin-1, each with its line end; only where they were asked for. */
  readonly trailers: string;
}

type Position =
  | 'size'
  | 'padding'
  | 'extension'
  | 'sizeLineFeed'
  | 'data'
  | 'dataEnd'
  | 'dataLineFeed'
  | 'trailerStart'
  | 'trailer'
  | 'trailerLineFeed'
  | 'lastLineFeed'
  | 'done';

/** Bytes of extensions and trailers: nobody needs more, and they are not counted by anyone else. */
const mostExtra = 16 * 1024;

/**
 * `strict`: of a request, where another reader must see the same chunks. Services are taken as curl and nginx take them:
 * spaces around sizes, and lines that end with a bare line feed.
 */
export function createChunkTracker(how: 'strict' | 'lenient'): ChunkTracker {
  const isLenient = how === 'lenient';
  let place: Position = 'size';
  let left = 0;
  let digits = 0;
  let extra = 0;
  let trailers = '';
  let trailerFrom = -1;

  let rightBytes = 0;
  const wrong = (at: number): undefined => {
    rightBytes = at - 1;
  };
  const sizeIsRead = () => {
    digits = 0;
    place = left === 0 ? 'trailerStart' : 'data';
  };

  return {
    get isDone() {
      return place === 'done';
    },
    get rightBytes() {
      return rightBytes;
    },
    get trailers() {
      return trailers;
    },
    read(part, onData) {
      let at = 0;
      if (trailerFrom >= 0) trailerFrom = 0;
      const keepTrailer = (end: number) => {
        if (trailerFrom >= 0) trailers += part.toString('latin1', trailerFrom, end);
        trailerFrom = -1;
      };
      while (at < part.length && place !== 'done') {
        if (place === 'data') {
          const end = Math.min(part.length, at + left);
          onData(part.subarray(at, end));
          left -= end - at;
          at = end;
          if (left === 0) place = 'dataEnd';
          continue;
        }
        const byte = part[at] ?? 0;
        at += 1;
        switch (place) {
          case 'size': {
            const digit = hexDigit(byte);
            if (digit >= 0) {
              // Twelve digits are 256 TiB and still an exact number; zeros before them are only long.
              if (left > mostBeforeDigit || ++extra > mostExtra) return wrong(at);
              digits += 1;
              left = left * 16 + digit;
            } else if (digits === 0) {
              if (!isLenient || !isBlank(byte) || ++extra > mostExtra) return wrong(at);
            } else if (byte === 13) place = 'sizeLineFeed';
            else if (byte === 59) place = 'extension';
            else if (isBlank(byte)) place = 'padding';
            else if (byte === 10 && isLenient) sizeIsRead();
            else return wrong(at);
            break;
          }
          case 'padding':
            if (++extra > mostExtra) return wrong(at);
            if (byte === 13) place = 'sizeLineFeed';
            else if (byte === 59) place = 'extension';
            else if (byte === 10 && isLenient) sizeIsRead();
            else if (!isBlank(byte)) return wrong(at);
            break;
          case 'extension':
            if (++extra > mostExtra) return wrong(at);
            if (byte === 13) place = 'sizeLineFeed';
            else if (byte === 10) {
              if (!isLenient) return wrong(at);
              sizeIsRead();
            }
            break;
          case 'sizeLineFeed':
            if (byte !== 10) return wrong(at);
            sizeIsRead();
            break;
          case 'dataEnd':
            extra = 0;
            if (byte === 13) place = 'dataLineFeed';
            else if (byte === 10 && isLenient) place = 'size';
            else return wrong(at);
            break;
          case 'dataLineFeed':
            if (byte !== 10) return wrong(at);
            place = 'size';
            break;
          case 'trailerStart':
            if (byte === 13) place = 'lastLineFeed';
            else if (byte === 10) {
              if (!isLenient) return wrong(at);
              place = 'done';
            } else {
              place = 'trailer';
              trailerFrom = at - 1;
            }
            break;
          case 'trailer':
            if (++extra > mostExtra) return wrong(at);
            if (byte === 13) place = 'trailerLineFeed';
            else if (byte === 10) {
              if (!isLenient) return wrong(at);
              keepTrailer(at);
              place = 'trailerStart';
            }
            break;
          case 'trailerLineFeed':
            if (byte !== 10) return wrong(at);
            keepTrailer(at);
            place = 'trailerStart';
            break;
          case 'lastLineFeed':
            if (byte !== 10) return wrong(at);
            place = 'done';
            break;
        }
      }
      if (trailerFrom >= 0) {
        keepTrailer(at);
        trailerFrom = 0;
      }
      return at;
    },
  };
}

const mostBeforeDigit = 0xfff_ffff_ffff;

const isBlank = (byte: number): boolean => byte === 32 || byte === 9;

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
