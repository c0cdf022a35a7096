import type { Socket } from 'node:net';
import { type BodyEnd, createBodyEnd } from '../wire/body-end.ts';
import { joined, readStrictFields } from '../wire/fields.ts';
import type { RequestFraming } from '../wire/request-head.ts';

/** The body of one request on its way up. */
export interface RequestBody {
  /**
   * Hands on what belongs to it and says how many bytes that were; `undefined` for what is framed wrongly. `flows`: the
   * service takes more at once.
   */
  read(part: Buffer, to: Socket | undefined): number | undefined;
  readonly isWhole: boolean;
}

/** Fields that mean nothing, or something else, behind a body (RFC 9110 §6.5.1). */
const neverInTrailers: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'cookie',
  'expect',
  'host',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Chunks are framed anew, so that the service reads what was read here, whatever extensions and lines the client wrote
 * around them. `onData` sees what the body holds.
 */
export function createRequestBody(framing: RequestFraming, onData: (data: Buffer) => void): RequestBody {
  if (framing.kind === 'none') return noBody;
  const isChunked = framing.kind === 'chunked';
  let socket: Socket | undefined;
  const end: BodyEnd = createBodyEnd(
    framing,
    (data) => {
      onData(data);
      if (socket === undefined || data.length === 0) return;
      if (isChunked) socket.write(`${data.length.toString(16)}\r\n`, 'latin1');
      socket.write(data);
      if (isChunked) socket.write('\r\n', 'latin1');
    },
    'strict',
  );
  return {
    read(part, to) {
      if (end.isWhole) return 0;
      socket = to;
      if (isChunked) to?.cork();
      const taken = end.read(part);
      let isRight = taken !== undefined;
      if (isRight && isChunked && end.isWhole) {
        const trailers = trailersUp(end.trailers);
        if (trailers === undefined) isRight = false;
        else to?.write(`0\r\n${trailers}\r\n`, 'latin1');
      }
      if (isChunked) to?.uncork();
      return isRight ? taken : undefined;
    },
    get isWhole() {
      return end.isWhole;
    },
  };
}

const noBody: RequestBody = { read: () => 0, isWhole: true };

function trailersUp(lines: string): string | undefined {
  if (lines === '') return '';
  const fields = readStrictFields(lines, 0);
  if (fields === undefined) return undefined;
  const kept: string[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2)
    if (!neverInTrailers.has((fields[index] ?? '').toLowerCase()))
      kept.push(fields[index] ?? '', fields[index + 1] ?? '');
  return joined(kept);
}
