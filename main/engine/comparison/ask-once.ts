import { type IncomingHttpHeaders, request } from 'node:http';
import type { Socket } from 'node:net';
import type { AppError } from '../../../shared/result.ts';
import {
  connectTimed,
  gateHeaders,
  networkFailure,
  type PublicTarget,
  startStopwatch,
  withDeadline,
} from '../health/index.ts';

/** One request over a connection of its own, with the moments at which it went on. Times in milliseconds. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The beginning of the answer, at most 64 KiB. */
  readonly text: string;
  readonly bytesDown: number;
  readonly bytesUp: number;
  /** From the request to the first byte of the answer. */
  readonly waitMs: number;
  /** From the request to the end of the answer, or to where reading stopped. */
  readonly totalMs: number;
  /** When each piece of the body came, from the request. */
  readonly piecesAt: readonly number[];
}

export interface Unanswered {
  readonly error: AppError;
  /** From the request, or from the beginning where none was sent. */
  readonly afterMs: number;
  readonly bytesUp: number;
}

export interface Ask {
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'OPTIONS';
  /** Sends so many bytes that mean nothing. */
  readonly bodyBytes?: number;
  /** Reading stops after so many bytes of body; 64 MiB where absent. */
  readonly mostBytes?: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const textBytes = 64 * 1024;
const block = Buffer.alloc(64 * 1024, 'gearway ');

/** Never rejects: a failure is a value. */
export async function askOnce(target: PublicTarget, ask: Ask): Promise<Answered | Unanswered> {
  const url = new URL(target.url);
  const tls = url.protocol === 'https:';
  const where = { host: url.hostname, port: Number(url.port || (tls ? 443 : 80)) };
  const deadline = withDeadline(ask.signal, ask.timeoutMs);
  const watch = startStopwatch(() => 0, 'name');
  const moments = { sentAt: performance.now(), bytesUp: 0 };
  try {
    const socket = await connectTimed({ ...where, tls, ca: target.ca }, watch, deadline.signal);
    watch.begin('firstByte');
    moments.sentAt = performance.now();
    return await over(socket, url.host, { ...ask, headers: gateHeaders(target) }, deadline.signal, moments);
  } catch (error) {
    const afterMs = performance.now() - moments.sentAt;
    const code = deadline.timedOut()
      ? ({ code: 'public_timeout', params: { ...where, seconds: Math.round(ask.timeoutMs / 1000) } } as const)
      : networkFailure(error, watch.step, where);
    return { error: code, afterMs, bytesUp: moments.bytesUp };
  } finally {
    deadline.end();
  }
}

export const isFailure = (outcome: Answered | Unanswered): outcome is Unanswered => 'error' in outcome;

function over(
  socket: Socket,
  host: string,
  ask: Ask & { readonly headers: Readonly<Record<string, string>> },
  signal: AbortSignal,
  moments: { readonly sentAt: number; bytesUp: number },
): Promise<Answered> {
  const { bodyBytes = 0, mostBytes = 64 * 1024 * 1024 } = ask;
  const since = () => performance.now() - moments.sentAt;
  return new Promise((resolve, reject) => {
    let firstByteMs: number | undefined;
    socket.once('data', () => {
      firstByteMs = since();
    });
    const asked = request({
      createConnection: () => socket,
      path: ask.path,
      method: ask.method ?? 'GET',
      signal,
      headers: {
        host,
        accept: '*/*',
        'user-agent': 'Gearway',
        connection: 'close',
        ...ask.headers,
        ...(bodyBytes > 0 ? { 'content-length': bodyBytes, 'content-type': 'application/octet-stream' } : {}),
      },
    });
    asked.on('response', (response) => {
      const kept: Buffer[] = [];
      const piecesAt: number[] = [];
      let bytes = 0;
      let over = false;
      const finish = () => {
        if (over) return;
        over = true;
        socket.destroy();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(kept).subarray(0, textBytes).toString('utf8'),
          bytesDown: bytes,
          bytesUp: moments.bytesUp,
          waitMs: firstByteMs ?? since(),
          totalMs: since(),
          piecesAt,
        });
      };
      response.on('data', (chunk: Buffer) => {
        if (bytes < textBytes) kept.push(chunk);
        bytes += chunk.length;
        if (piecesAt.length < 10_000) piecesAt.push(since());
        if (bytes >= mostBytes) finish();
      });
      response.on('end', finish);
      response.on('error', (error) => {
        // An answer that came before the whole body was sent may be followed by a reset: it counts all the same.
        if ((response.statusCode ?? 0) >= 400) finish();
        else reject(error);
      });
    });
    asked.on('error', (error) => {
      socket.destroy();
      reject(error);
    });
    send(asked, bodyBytes, moments);
  });
}

/** Writes no quicker than the connection takes it; ends early where an answer came already. */
function send(asked: ReturnType<typeof request>, bodyBytes: number, moments: { bytesUp: number }): void {
  let answered = false;
  asked.once('response', () => {
    answered = true;
  });
  const write = () => {
    while (moments.bytesUp < bodyBytes) {
      if (answered || asked.destroyed) return;
      const piece = block.subarray(0, Math.min(block.length, bodyBytes - moments.bytesUp));
      moments.bytesUp += piece.length;
      if (!asked.write(piece)) {
        asked.once('drain', write);
        return;
      }
    }
    asked.end();
  };
  write();
}
