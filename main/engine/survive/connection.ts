import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AppError } from '../../../shared/result.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { createDecoder, encode, type Frame } from './frames.ts';
import { createResendQueue } from './resend-queue.ts';

/** One channel to the helper, over the link that stands now. */
export interface Wire {
  readonly channel: Duplex;
  /** The reader has taken so many bytes. */
  consumed(bytes: number): void;
  /** The reader cannot keep up now. */
  stalled(): void;
  close(): void;
}

export interface ConnectionOptions {
  readonly socket: Socket;
  readonly target: { readonly host: string; readonly port: number };
  /** Of the helper that the last wire leads to. */
  readonly secret: () => string;
  /** The next wire, however long that takes; an error where there will be none: the helper is gone, or nobody waits. */
  readonly next: () => Promise<Result<Wire>>;
  readonly onSent: (bytes: number) => void;
  readonly onReceived: (bytes: number) => void;
  /** It is over: `reset`, what the client has got must not look whole. */
  readonly onEnd: (how: 'close' | 'reset') => void;
}

/** So much may wait for the other side, beside what the system's own buffers hold. */
const mostKept = 8 * 1024 * 1024;
const ackEvery = 128 * 1024;
const mostAnswer = 4_096;

/**
 * Joins a local socket with a far one that the helper holds: over one wire after the other, each going on where the last
 * one broke. Answers when the far side took the connection, or why it did not (`target_refused`, `target_timeout`
 * {host, port}, and what `next` says).
 */
export async function joinSurviving(options: ConnectionOptions): Promise<Result<null>> {
  const { socket, target, secret } = options;
  const queue = createResendQueue();
  const name = randomUUID();
  let wire: Wire | undefined;
  let got = 0;
  let told = 0;
  let farOver = false;
  let nearOver = false;
  let over = false;

  for (;;) {
    const first = await options.next();
    if (!first.ok) return first;
    const opened = await hello(first.value, { name, open: [target.host, target.port] });
    if (opened.ok) {
      attach(first.value, opened.value.rest, opened.value.got);
      break;
    }
    first.value.close();
    if (isGone(opened.error)) return opened;
  }

  socket.on('data', (chunk: Buffer) => {
    if (over) return;
    options.onSent(chunk.length);
    say({ kind: 'data', data: chunk });
    if (queue.size() >= mostKept) socket.pause();
  });
  socket.on('drain', () => wire?.channel.resume());
  socket.on('end', () => sayLast('end'));
  socket.on('error', () => socket.destroy());
  // Gone before both had said their end. Where they have, what it sent last is still waited for.
  socket.on('close', () => {
    if (!nearOver || !farOver) sayLast('reset');
  });
  return ok(null);

  function say(frame: Exclude<Frame, { kind: 'ack' }>) {
    queue.push(frame);
    if (wire !== undefined) write(wire, frame);
  }

  function sayLast(kind: 'end' | 'reset') {
    if (over || (nearOver && kind === 'end')) return;
    nearOver = true;
    say({ kind });
    // It has no more to hear; without a wire the helper is told as soon as there is one.
    if (kind === 'reset' && wire !== undefined) finish('close');
  }

  function write(to: Wire, frame: Frame) {
    if (to.channel.writable) for (const bytes of encode(frame)) to.channel.write(bytes);
  }

  /** Says who it is and what is wanted; the helper's answer, with what came behind it. */
  function hello(
    to: Wire,
    wanted: { name: string; open: readonly [string, number] } | { resume: string; had: number },
  ): Promise<Result<{ readonly got: number; readonly rest: Buffer }>> {
    return new Promise((resolve) => {
      let heard = Buffer.alloc(0);
      const settle = (result: Result<{ got: number; rest: Buffer }>) => {
        to.channel.off('data', listen).off('close', lost).off('end', lost);
        resolve(result);
      };
      const lost = () => settle(fail('ssh_lost', { params: target }));
      const listen = (chunk: Buffer) => {
        heard = Buffer.concat([heard, chunk]);
        to.consumed(chunk.length);
        const end = heard.indexOf(10);
        if (end < 0 && heard.length < mostAnswer) return;
        to.channel.pause();
        settle(answerOf(heard.subarray(0, Math.max(0, end)).toString('utf8'), heard.subarray(end + 1)));
      };
      to.channel.on('error', () => {});
      to.channel.on('data', listen).once('close', lost).once('end', lost);
      to.channel.write(`${JSON.stringify({ secret: secret(), ...wanted })}\n`);
    });
  }

  function answerOf(text: string, rest: Buffer): Result<{ got: number; rest: Buffer }> {
    try {
      const said = JSON.parse(text) as { got?: unknown; error?: unknown };
      if (typeof said.got === 'number') return ok({ got: said.got, rest });
      return fail(said.error === 'timeout' ? 'target_timeout' : 'target_refused', { params: target });
    } catch {
      return fail('target_refused', { params: target });
    }
  }

  function attach(to: Wire, rest: Buffer, farHas: number) {
    if (!queue.had(farHas)) return finish('reset');
    wire = to;
    told = got;
    const take = createDecoder((frame) => hear(frame));
    const read = (chunk: Buffer) => {
      if (wire !== to || over) return;
      try {
        take(chunk);
      } catch {
        finish('reset');
        return;
      }
      to.consumed(chunk.length);
      if (socket.writableNeedDrain) {
        to.stalled();
        to.channel.pause();
      }
    };
    to.channel.on('data', read);
    const lost = () => {
      if (wire === to) void resume();
    };
    to.channel.once('close', lost).once('end', lost);
    for (const frame of queue.list()) write(to, frame);
    if (rest.length > 0) read(rest);
    if (!socket.writableNeedDrain) to.channel.resume();
    if (queue.size() < mostKept && !socket.destroyed) socket.resume();
  }

  function hear(frame: Frame) {
    switch (frame.kind) {
      case 'data':
        got += frame.data.length;
        options.onReceived(frame.data.length);
        if (socket.writable) socket.write(frame.data);
        if (got - told >= ackEvery) acknowledge();
        break;
      case 'ack':
        if (!queue.had(frame.count)) finish('reset');
        else if (queue.size() < mostKept && socket.isPaused() && !socket.destroyed) socket.resume();
        if (farOver && nearOver && queue.size() === 0) finish('close');
        break;
      case 'end':
        got += 1;
        farOver = true;
        acknowledge();
        socket.end();
        if (nearOver && queue.size() === 0) finish('close');
        break;
      case 'reset':
        got += 1;
        acknowledge();
        finish('reset');
        break;
    }
  }

  function acknowledge() {
    told = got;
    if (wire !== undefined) write(wire, { kind: 'ack', count: got });
  }

  /** The wire broke: the same again over the next one. */
  async function resume() {
    wire?.close();
    wire = undefined;
    while (!over) {
      // A client that has left after its last word may still have words here that the far side waits for.
      if (farOver && nearOver && queue.size() === 0) return finish('close');
      const next = await options.next();
      if (over) return next.ok ? next.value.close() : undefined;
      if (!next.ok) return finish(farOver && nearOver ? 'close' : 'reset');
      const answer = await hello(next.value, { resume: name, had: got });
      if (over) return next.value.close();
      if (answer.ok) return attach(next.value, answer.value.rest, answer.value.got);
      next.value.close();
      // Lost once more, and not refused: what was held there may still be.
      if (isGone(answer.error)) return finish(farOver && nearOver ? 'close' : 'reset');
    }
  }

  function finish(how: 'close' | 'reset') {
    if (over) return;
    over = true;
    const last = wire;
    wire = undefined;
    // What was written leaves before the channel closes.
    if (last !== undefined) last.channel.end(() => last.close());
    options.onEnd(how);
  }
}

const isGone = (error: AppError): boolean => error.code.startsWith('target_');
