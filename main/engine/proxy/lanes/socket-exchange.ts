import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { answerHeaders, upstreamHeaders } from '../headers.ts';
import { type AnswerHead, readAnswerHead } from './answer-head.ts';
import {
  type Attempt,
  codeOf,
  connectMs,
  type ForwardOptions,
  failureCode,
  firstByteMs,
  routeLost,
} from './attempt.ts';
import { type BodyEnd, createBodyEnd } from './body-end.ts';
import { emptyLine, joined, mostHeadBytes } from './heads.ts';
import {
  mostQueuedBytes,
  type UpstreamConnection,
  type UpstreamPool,
  type UpstreamUser,
} from './upstream-pool.ts';

interface SocketExchangeOptions {
  readonly pool: UpstreamPool;
  readonly request: IncomingMessage;
  readonly client: Socket;
  readonly options: ForwardOptions;
  /** How the try went; after `answered` the exchange lives on by itself. */
  readonly onSettled: (attempt: Attempt) => void;
}

/** Up to here a copy is cheaper than memory that is lent until the system has sent it. */
const copiedBytes = 4 * 1024;
/** A client waits for the answer before it speaks (RFC 6455 §4.1); one that does not is held back soon. */
const mostEarlyBytes = 64 * 1024;

/**
 * One WebSocket between two raw sockets: the request goes up, the answer comes back, and from then on every byte goes
 * through as it comes, in both directions. A refusal is an answer like others, and closes the connection.
 */
export class SocketExchange implements UpstreamUser {
  readonly #to: SocketExchangeOptions;
  readonly #connection: UpstreamConnection;
  #state: 'asking' | 'open' | 'refused' | 'over' = 'asking';
  #waiting: Buffer | undefined;
  #body: BodyEnd | undefined;
  #endsWithConnection = false;
  #unlisten: (() => void) | undefined;
  /** What the client said before the service had agreed. */
  #early: Buffer[] = [];
  #earlyBytes = 0;
  readonly #down = (part: Buffer) => this.#to.options.recording.down(part);

  constructor(to: SocketExchangeOptions) {
    this.#to = to;
    const { client, options, request } = to;
    const { context, mayGoElsewhere, recording } = options;
    recording.asked(context.upstream.route);
    this.#connection = to.pool.open(context.upstream, this);
    const { socket } = this.#connection;
    socket.setTimeout(mayGoElsewhere ? connectMs.withOtherRoute : connectMs.alone);
    if (mayGoElsewhere) this.#unlisten = options.onRouteLost(() => this.#fail(routeLost()));
    client.setTimeout(0);
    client.on('data', this.#onClientData);
    client.on('drain', this.#onClientDrain);
    client.on('end', this.#onClientEnd);
    client.on('close', this.#onClientClose);
    client.resume();
    const fields = joined(upstreamHeaders(request.rawHeaders, context));
    socket.write(
      `${request.method} ${request.url} HTTP/1.1\r\n${fields}connection: Upgrade\r\nupgrade: websocket\r\n\r\n`,
      'latin1',
    );
  }

  onConnected(): void {
    this.#to.options.recording.connected();
    this.#connection.socket.setTimeout(firstByteMs);
  }

  onData(chunk: Buffer): void {
    if (this.#state === 'open') {
      this.#down(chunk);
      this.#pass(chunk);
    } else if (this.#state === 'asking') this.#read(chunk);
    else if (this.#state === 'refused') this.#passRefusal(chunk);
  }

  /** The head of the answer, which may come in pieces. */
  #read(chunk: Buffer): void {
    const bytes = this.#waiting === undefined ? chunk : Buffer.concat([this.#waiting, chunk]);
    const end = bytes.indexOf(emptyLine, 0, 'latin1');
    if (end < 0) {
      // The memory of a chunk is used again for the next one.
      this.#waiting = bytes === chunk ? Buffer.from(chunk) : bytes;
      if (bytes.length > mostHeadBytes) this.#fail(notHttp());
      return;
    }
    this.#waiting = undefined;
    const answer = readAnswerHead(bytes.toString('latin1', 0, end), 'GET');
    const rest = bytes.subarray(end + emptyLine.length);
    if (answer === undefined) this.#fail(notHttp());
    else if (answer.status === 101) this.#open(answer, rest);
    else if (answer.status >= 200) this.#refuse(answer, rest);
    else if (rest.length > 0) this.#read(rest);
  }

  #open(answer: AnswerHead, rest: Buffer): void {
    this.#answered('open', answer, 'connection: Upgrade\r\nupgrade: websocket\r\n');
    for (const part of this.#early) this.#passUp(part);
    this.#early = [];
    this.#to.client.resume();
    if (rest.length > 0) this.onData(rest);
  }

  /** The service said no, or something else that ends the matter. */
  #refuse(answer: AnswerHead, rest: Buffer): void {
    const { context, mayGoElsewhere } = this.#to.options;
    const { status, framing } = answer;
    if (mayGoElsewhere && context.upstream.route === 'public' && (status === 502 || status === 503)) {
      this.#leaveTo({ kind: 'refusedByEdge', status });
      return;
    }
    const coding = framing.kind === 'chunked' ? 'transfer-encoding: chunked\r\n' : '';
    this.#answered('refused', answer, `${coding}connection: close\r\n`);
    this.#body = createBodyEnd(framing, this.#down);
    this.#endsWithConnection = framing.kind === 'close';
    this.#passRefusal(rest);
  }

  #answered(state: 'open' | 'refused', { status, reason, rawHeaders }: AnswerHead, framing: string): void {
    const { client, options, onSettled } = this.#to;
    this.#state = state;
    this.#unlisten?.();
    this.#connection.socket.setTimeout(0);
    options.recording.answered(status, rawHeaders);
    const fields = joined(answerHeaders(rawHeaders, options.context));
    client.write(`HTTP/1.1 ${status} ${reason}\r\n${fields}${framing}\r\n`, 'latin1');
    onSettled({ kind: 'answered', status });
  }

  #passRefusal(part: Buffer): void {
    const taken = this.#body?.read(part);
    if (taken === undefined) {
      this.#end('cut');
      return;
    }
    if (taken > 0) this.#pass(part.subarray(0, taken));
    if (this.#body?.isWhole === true) this.#end('done');
  }

  #pass(part: Buffer): void {
    const { client } = this.#to;
    const flows =
      part.length <= copiedBytes
        ? client.write(part.toString('latin1'), 'latin1')
        : client.write(part, this.#connection.borrow());
    if (!flows && client.writableLength > mostQueuedBytes) this.#connection.socket.pause();
  }

  #passUp(part: Buffer): void {
    const { socket } = this.#connection;
    this.#to.options.recording.up(part);
    if (!socket.write(part) && socket.writableLength > mostQueuedBytes) this.#to.client.pause();
  }

  readonly #onClientData = (part: Buffer) => {
    if (this.#state === 'open') this.#passUp(part);
    else if (this.#state === 'asking') {
      this.#early.push(part);
      this.#earlyBytes += part.length;
      if (this.#earlyBytes > mostEarlyBytes) this.#to.client.pause();
    }
  };

  readonly #onClientDrain = () => void this.#connection.socket.resume();

  /** The service can take more. */
  onDrain(): void {
    if (this.#state === 'open') this.#to.client.resume();
  }

  /** The client says no more; while both speak, the service may still do so. */
  readonly #onClientEnd = () => {
    if (this.#state === 'open') this.#connection.socket.end();
    else this.#to.client.destroy();
  };

  readonly #onClientClose = () => {
    const wasAsking = this.#state === 'asking';
    this.#end(this.#state === 'open' ? 'done' : 'cut');
    if (wasAsking) this.#to.onSettled({ kind: 'gone' });
  };

  /** The service ended, or its connection broke. */
  onOver(error: Error | undefined): void {
    if (this.#state === 'asking') this.#fail(error ?? notHttp());
    else if (this.#state === 'open') this.#end('done');
    else if (this.#state === 'refused')
      this.#end(this.#endsWithConnection && error === undefined ? 'done' : 'cut');
  }

  /** A side that is gone takes the other one with it, after what was on its way. */
  #end(how: 'done' | 'cut'): void {
    if (this.#state === 'over') return;
    const wasOpen = this.#state === 'open';
    this.#state = 'over';
    this.#unlisten?.();
    this.#to.options.recording.ended(how);
    // Half a refusal must not look whole.
    if (how === 'cut') this.#to.client.destroy();
    else this.#to.client.destroySoon();
    if (wasOpen) this.#connection.socket.destroySoon();
    else this.#connection.socket.destroy();
  }

  #fail(error: Error): void {
    this.#leaveTo({
      kind: 'failed',
      code: failureCode(error),
      detail: codeOf(error),
      unsent: !this.#connection.stood,
    });
  }

  /** Nothing reached the client: whoever tries next, or says why not, finds it as it was. */
  #leaveTo(attempt: Attempt): void {
    if (this.#state === 'over') return;
    const { client } = this.#to;
    this.#state = 'over';
    this.#unlisten?.();
    this.#connection.socket.destroy();
    client.off('data', this.#onClientData);
    client.off('drain', this.#onClientDrain);
    client.off('end', this.#onClientEnd);
    client.off('close', this.#onClientClose);
    client.pause();
    if (this.#early.length > 0) client.unshift(Buffer.concat(this.#early));
    this.#to.onSettled(attempt);
  }
}

const notHttp = (): Error => new Error('The answer is no HTTP.');
