import type { Socket } from 'node:net';
import { answerHeaders, type HeaderContext } from '../headers.ts';
import type { Recording } from '../inspector/index.ts';
import type { Serving } from '../serve.ts';
import type { ProxiedService } from '../types.ts';
import { type AnswerHead, readAnswerHead } from './answer-head.ts';
import { connectMs, failureCode, firstByteMs } from './attempt.ts';
import { type BodyEnd, createBodyEnd } from './body-end.ts';
import { emptyLine, joined, mostHeadBytes } from './heads.ts';
import {
  mostQueuedBytes,
  type UpstreamConnection,
  type UpstreamPool,
  type UpstreamUser,
} from './upstream-pool.ts';

interface PlainExchangeOptions {
  readonly pool: UpstreamPool;
  readonly serving: Serving;
  readonly client: Socket;
  readonly method: 'GET' | 'HEAD';
  readonly head: string;
  /** The client asked for nothing after this. */
  readonly isLast: boolean;
  readonly service: ProxiedService;
  readonly context: HeaderContext;
  readonly recording: Recording;
  readonly onDone: (keep: boolean) => void;
  readonly onFailed: () => void;
}

/** Small bodies go out in one piece with their head: one system call instead of two. */
const smallBytes = 16 * 1024;

/** One question and its answer between two raw sockets. */
export class PlainExchange implements UpstreamUser {
  readonly #to: PlainExchangeOptions;
  #connection: UpstreamConnection | undefined;
  #waiting: Buffer | undefined;
  #answer: AnswerHead | undefined;
  #body: BodyEnd | undefined;
  #unlisten: (() => void) | undefined;
  #isOver = false;
  readonly #down = (data: Buffer) => this.#to.recording.down(data);

  constructor(to: PlainExchangeOptions) {
    this.#to = to;
  }

  start(): void {
    const { context, recording, service } = this.#to;
    const { upstream } = context;
    recording.asked(upstream.route);
    const connection = this.#to.pool.take(upstream, this);
    this.#connection = connection;
    const canGoElsewhere = this.#to.serving.canGoElsewhere(service, upstream.route);
    if (connection.stood) recording.connected();
    connection.socket.setTimeout(
      connection.stood ? firstByteMs : canGoElsewhere ? connectMs.withOtherRoute : connectMs.alone,
    );
    if (canGoElsewhere)
      this.#unlisten = this.#to.serving.onLost(service, upstream.route, () => this.#fail(undefined, true));
    connection.socket.write(this.#to.head, 'latin1');
  }

  onConnected(): void {
    this.#to.recording.connected();
    this.#connection?.socket.setTimeout(firstByteMs);
  }

  onDrain(): void {}

  onData(chunk: Buffer): void {
    if (this.#answer !== undefined) {
      this.#pass(chunk);
      return;
    }
    const bytes = this.#waiting === undefined ? chunk : Buffer.concat([this.#waiting, chunk]);
    const end = bytes.indexOf(emptyLine, 0, 'latin1');
    if (end < 0) {
      // The memory of a chunk is used again for the next one.
      this.#waiting = bytes === chunk ? Buffer.from(chunk) : bytes;
      if (bytes.length > mostHeadBytes) this.#fail(undefined, false);
      return;
    }
    this.#waiting = undefined;
    const answer = readAnswerHead(bytes.toString('latin1', 0, end), this.#to.method);
    if (answer === undefined || answer.status === 101) {
      this.#fail(undefined, false);
      return;
    }
    const body = bytes.subarray(end + emptyLine.length);
    if (answer.status < 200) {
      // Early hints and the like go ahead of the answer as they are.
      this.#to.client.write(Buffer.from(bytes.subarray(0, end + emptyLine.length)));
      if (body.length > 0) this.onData(body);
      return;
    }
    this.#begin(answer, body);
  }

  #begin(answer: AnswerHead, body: Buffer): void {
    const { client, context, recording, service } = this.#to;
    const { route } = context.upstream;
    if (
      route === 'public' &&
      (answer.status === 502 || answer.status === 503) &&
      this.#to.serving.canGoElsewhere(service, route)
    ) {
      this.#to.serving.failed(service, route, {
        code: 'public_bad_gateway',
        params: { status: answer.status },
      });
      this.#abandon();
      this.#to.onFailed();
      return;
    }
    this.#unlisten?.();
    this.#unlisten = undefined;
    this.#connection?.socket.setTimeout(0);
    this.#answer = answer;
    recording.answered(answer.status, answer.rawHeaders);
    const { framing } = answer;
    const fields = joined(answerHeaders(answer.rawHeaders, context));
    const coding = framing.kind === 'chunked' ? 'transfer-encoding: chunked\r\n' : '';
    const closing = framing.kind === 'close' || this.#to.isLast ? 'connection: close\r\n' : '';
    const head = `HTTP/1.1 ${answer.status} ${answer.reason}\r\n${fields}${coding}${closing}\r\n`;
    this.#body = createBodyEnd(framing, this.#down);
    if (body.length > 0 && body.length <= smallBytes) {
      this.#pass(body, head);
      return;
    }
    client.write(head, 'latin1');
    if (body.length > 0) this.#pass(body);
    else if (this.#body.isWhole) this.#finish(true);
  }

  /** Hands on what belongs to the body; bytes after it are none of the client's. */
  #pass(part: Buffer, head?: string): void {
    const { client } = this.#to;
    const end = this.#body;
    const taken = end?.read(part);
    if (end === undefined || taken === undefined) {
      this.#cut();
      return;
    }
    const mine = taken === part.length ? part : part.subarray(0, taken);
    const flows =
      head === undefined
        ? mine.length === 0 || client.write(mine, this.#connection?.borrow())
        : client.write(head + mine.toString('latin1', 0, mine.length), 'latin1');
    if (end.isWhole) this.#finish(taken === part.length);
    else if (!flows && client.writableLength > mostQueuedBytes) this.#connection?.socket.pause();
  }

  /** The client can take more. */
  resume(): void {
    this.#connection?.socket.resume();
  }

  #finish(isClean: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection !== undefined) {
      if (isClean && this.#answer?.persistent === true) {
        connection.socket.resume();
        this.#to.pool.giveBack(connection);
      } else this.#drop(connection);
    }
    this.#to.recording.ended('done');
    this.#to.onDone(this.#answer?.framing.kind !== 'close' && !this.#to.isLast);
  }

  #drop(connection: UpstreamConnection): void {
    this.#isOver = true;
    connection.socket.destroy();
  }

  onOver(error: Error | undefined): void {
    if (this.#isOver) return;
    if (this.#answer === undefined) {
      this.#fail(error, this.#connection?.isReused === true);
      return;
    }
    this.#connection = undefined;
    if (this.#answer.framing.kind === 'close' && error === undefined) this.#finish(false);
    else this.#cut();
  }

  /** Half an answer went out: only a broken connection tells the client so. */
  #cut(): void {
    this.#abandon();
    this.#to.recording.ended('cut', 'connection_lost');
    this.#to.client.destroy();
  }

  /** `quiet`: no fault of the route, as when an idle connection had died. */
  #fail(error: Error | undefined, quiet: boolean): void {
    if (this.#isOver) return;
    const { service, context } = this.#to;
    this.#abandon();
    if (!quiet)
      this.#to.serving.failed(service, context.upstream.route, {
        code: error === undefined ? 'connection_lost' : failureCode(error),
      });
    this.#to.onFailed();
  }

  /** The client left. */
  leave(): void {
    if (this.#isOver) return;
    this.#abandon();
    this.#to.recording.ended('cut');
  }

  #abandon(): void {
    this.#isOver = true;
    this.#unlisten?.();
    this.#unlisten = undefined;
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.socket.destroy();
  }
}
