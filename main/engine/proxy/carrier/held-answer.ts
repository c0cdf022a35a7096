import type { HeaderContext, Upstream } from '../headers.ts';
import type { AnswerHead } from '../wire/answer-head.ts';
import type { UpstreamConnection, UpstreamUser } from './upstream-pool.ts';

/** More of a refusal's body waits with the service. */
const mostBytes = 64 * 1024;

/** An answer that may be the edge's, kept while another route is tried: where none answers, it is passed after all. */
export class HeldAnswer implements UpstreamUser {
  readonly connection: UpstreamConnection;
  readonly answer: AnswerHead;
  readonly upstream: Upstream;
  readonly context: HeaderContext | undefined;
  #parts: Buffer[];
  #bytes: number;
  #isOver = false;
  #error: Error | undefined;

  constructor(
    connection: UpstreamConnection,
    answer: AnswerHead,
    rest: Buffer,
    upstream: Upstream,
    context: HeaderContext | undefined,
  ) {
    this.connection = connection;
    this.answer = answer;
    this.upstream = upstream;
    this.context = context;
    this.#parts = [Buffer.from(rest)];
    this.#bytes = rest.length;
    connection.handTo(this);
  }

  onConnected(): void {}
  onDrain(): void {}

  onData(chunk: Buffer): void {
    this.#parts.push(Buffer.from(chunk));
    this.#bytes += chunk.length;
    if (this.#bytes > mostBytes) this.connection.socket.pause();
  }

  onOver(error: Error | undefined): void {
    this.#isOver = true;
    this.#error = error;
  }

  /** Goes on with it as if it had just come. */
  take(user: UpstreamUser): {
    readonly rest: Buffer;
    readonly isOver: boolean;
    readonly error: Error | undefined;
  } {
    if (!this.#isOver) {
      this.connection.handTo(user);
      this.connection.socket.resume();
    }
    return { rest: Buffer.concat(this.#parts), isOver: this.#isOver, error: this.#error };
  }

  drop(): void {
    this.connection.abandon();
  }
}
