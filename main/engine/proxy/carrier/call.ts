import type { Upstream } from '../headers.ts';
import { type AnswerHead, readAnswerHead } from '../wire/answer-head.ts';
import { type BodyEnd, createBodyEnd } from '../wire/body-end.ts';
import { HeadCollector } from '../wire/head-collector.ts';
import { mostHeadBytes, notHttp } from './attempt.ts';
import type { UpstreamConnection, UpstreamPool, UpstreamUser } from './upstream-pool.ts';

/** A question of the proxy's own to a service, by the same rules as what it carries. */
export interface Call {
  readonly upstream: Upstream;
  readonly method: string;
  /** Bytes as Latin-1, empty line included. */
  readonly head: string;
  readonly body: Buffer;
  readonly signal: AbortSignal;
  readonly onConnected: () => void;
  readonly onAnswer: (answer: AnswerHead) => void;
  /** What the body holds; the memory is used again afterwards. `false` has had enough. */
  readonly onData: (data: Buffer) => boolean;
}

/** How it went. `cut`: the answer began and was not whole, or nobody wanted more of it. */
export type CallEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'failed'; readonly error: Error };

/** Sends it on a fresh connection and reads the answer. Never throws; a signal that fires fails it with its reason. */
export const callUpstream = (pool: UpstreamPool, call: Call): Promise<CallEnd> =>
  new Promise((resolve) => {
    void new Calling(pool, call, resolve);
  });

class Calling implements UpstreamUser {
  readonly #call: Call;
  readonly #connection: UpstreamConnection;
  readonly #resolve: (end: CallEnd) => void;
  readonly #head = new HeadCollector();
  #answer: AnswerHead | undefined;
  #body: BodyEnd | undefined;
  #isOver = false;
  #isEnough = false;
  readonly #onAbort = () => {
    const { reason } = this.#call.signal;
    this.#end({ kind: 'failed', error: reason instanceof Error ? reason : new Error('Cancelled.') });
  };

  constructor(pool: UpstreamPool, call: Call, resolve: (end: CallEnd) => void) {
    this.#call = call;
    this.#resolve = resolve;
    this.#connection = pool.open(call.upstream, this);
    if (call.signal.aborted) this.#onAbort();
    else call.signal.addEventListener('abort', this.#onAbort, { once: true });
    this.#connection.socket.write(call.head, 'latin1');
    if (call.body.length > 0) this.#connection.socket.write(call.body);
  }

  onConnected(): void {
    this.#call.onConnected();
  }

  onDrain(): void {}

  onData(chunk: Buffer): void {
    let part: Buffer = chunk;
    while (this.#body === undefined && !this.#isOver) {
      const found = this.#head.add(part);
      if (found === undefined && this.#head.length <= mostHeadBytes) return;
      const asked = this.#call.method === 'HEAD' ? 'HEAD' : 'other';
      const answer =
        found === undefined ? undefined : readAnswerHead(found.bytes.toString('latin1', 0, found.end), asked);
      if (found === undefined || answer === undefined || answer.status === 101) {
        this.#end({ kind: 'failed', error: notHttp() });
        return;
      }
      part = found.bytes.subarray(found.rest);
      if (answer.status >= 200) this.#begin(answer);
      else if (part.length === 0) return;
    }
    const taken = this.#body?.read(part);
    if (taken === undefined || this.#isEnough) this.#end({ kind: 'cut' });
    else if (this.#body?.isWhole === true) this.#end({ kind: 'done' });
  }

  #begin(answer: AnswerHead): void {
    this.#answer = answer;
    this.#call.onAnswer(answer);
    this.#body = createBodyEnd(
      answer.framing,
      (data) => {
        if (!this.#call.onData(data)) this.#isEnough = true;
      },
      'lenient',
    );
  }

  onOver(error: Error | undefined): void {
    if (this.#answer === undefined) this.#end({ kind: 'failed', error: error ?? notHttp() });
    else this.#end({ kind: this.#answer.framing.kind === 'close' && error === undefined ? 'done' : 'cut' });
  }

  #end(end: CallEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#call.signal.removeEventListener('abort', this.#onAbort);
    this.#connection.abandon();
    this.#resolve(end);
  }
}
