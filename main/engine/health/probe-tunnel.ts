import type { Socket } from 'node:net';
import type { Facts, Protocol } from '../../../shared/model/service.ts';
import { connectTimed } from './connect.ts';
import { withDeadline } from './deadline.ts';
import { getOnce, titleOf } from './get-once.ts';
import { greetingOf, isPostgresAnswer, postgresSslRequest } from './greeting.ts';
import { networkFailure } from './network-failure.ts';
import { type ProbeOptions, probeDeadlineMs, upgradeOf } from './probe-public.ts';
import { shapeOf } from './shape.ts';
import { type Stopwatch, startStopwatch } from './stopwatch.ts';

export interface TunnelTarget {
  /** The tunnel's listener on this machine. */
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** A server that speaks first does so at once; the others wait to be spoken to. */
const greetingMs = 400;

/**
 * Asks a service through its tunnel once. HTTP is asked for a page; raw TCP is listened to, then spoken to in words
 * that change nothing. Any byte that comes back shows that the service is there. Always settles.
 */
export async function probeTunnel(target: TunnelTarget, options: ProbeOptions): Promise<Facts> {
  const timeoutMs = options.timeoutMs ?? probeDeadlineMs;
  const deadline = withDeadline(options.signal, timeoutMs);
  const watch = startStopwatch(options.now, 'tcp');
  const where = { host: target.host, port: target.port };
  try {
    if (target.protocol === 'tcp') return await askRaw(where, watch, deadline.signal);
    return await askHttp(where, watch, deadline.signal, options.upgrade === true);
  } catch (error) {
    // Redis and PostgreSQL hang up on HTTP without a word.
    if (target.protocol === 'unknown' && watch.step === 'firstByte' && !deadline.signal.aborted) {
      const raw = startStopwatch(options.now, 'tcp');
      const facts = await askRaw(where, raw, deadline.signal).catch(() => undefined);
      if (facts?.greeting !== undefined) return facts;
    }
    if (deadline.timedOut())
      return watch.failed({ code: 'target_silent', params: { seconds: Math.round(timeoutMs / 1000) } });
    return watch.failed(networkFailure(error, watch.step, where));
  } finally {
    deadline.end();
  }
}

type Where = { readonly host: string; readonly port: number };

async function askHttp(
  where: Where,
  watch: Stopwatch,
  signal: AbortSignal,
  upgrade: boolean,
): Promise<Facts> {
  const socket = await connectTimed({ ...where, tls: false }, watch, signal);
  let firstByteMs: number | undefined;
  watch.begin('firstByte');
  try {
    const answer = await getOnce(socket, {
      host: `${where.host}:${where.port}`,
      path: '/',
      signal,
      onFirstByte: () => {
        firstByteMs = watch.elapsed();
        watch.done();
        watch.begin('http');
      },
    });
    watch.done();
    const facts = watch.facts({
      firstByteMs,
      status: answer.status,
      shape: shapeOf(answer),
      title: titleOf(answer.body),
    });
    if (!upgrade) return facts;
    const to = { ...where, tls: false };
    return { ...facts, upgrade: await upgradeOf(to, `${where.host}:${where.port}`, signal) };
  } catch (error) {
    const bytes = (error as { rawPacket?: unknown }).rawPacket;
    if (!Buffer.isBuffer(bytes) || bytes.length === 0) throw error;
    return watch.facts({ firstByteMs, greeting: greetingOf(bytes) ?? 'tcp' });
  }
}

async function askRaw(where: Where, watch: Stopwatch, signal: AbortSignal): Promise<Facts> {
  const socket = await connectTimed({ ...where, tls: false }, watch, signal);
  watch.begin('firstByte');
  const greeting = await nextBytes(socket, greetingMs);
  // It waits to be spoken to: how long we listened says nothing of the way.
  if (greeting === undefined) watch.again();
  const first = greeting ?? (await say(socket, Buffer.from('PING\r\n')));
  socket.destroy();
  if (first !== undefined) return answered(watch, greetingOf(first) ?? 'tcp');
  const second = await connectTimed(
    { ...where, tls: false },
    startStopwatch(() => 0, 'tcp'),
    signal,
  );
  watch.again();
  const reply = await say(second, postgresSslRequest);
  second.destroy();
  if (reply !== undefined) return answered(watch, isPostgresAnswer(reply) ? 'postgresql' : 'tcp');
  return watch.failed({ code: 'target_silent', params: { seconds: 1 } });
}

function answered(watch: Stopwatch, greeting: string): Facts {
  const firstByteMs = watch.elapsed();
  watch.done();
  return watch.facts({ firstByteMs, greeting });
}

const say = (socket: Socket, words: Buffer): Promise<Buffer | undefined> => {
  socket.write(words);
  return nextBytes(socket, greetingMs * 3);
};

/** The next bytes, or `undefined` when none come in time or the far side ends without a word. A reset rejects. */
function nextBytes(socket: Socket, ms: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (bytes: Buffer | undefined) => {
      clean();
      resolve(bytes);
    };
    const none = () => settle(undefined);
    const failed = (error: Error) => {
      clean();
      reject(error);
    };
    const timer = setTimeout(none, ms);
    const clean = () => {
      clearTimeout(timer);
      socket.off('data', settle).off('end', none).off('close', none).off('error', failed);
      socket.pause();
    };
    socket.on('data', settle).on('end', none).on('close', none).on('error', failed);
    socket.resume();
  });
}
