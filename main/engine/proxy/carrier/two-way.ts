import type { Socket } from 'node:net';
import type { Recording } from '../inspector/index.ts';
import { mostQueuedBytes, type UpstreamConnection, type UpstreamUser } from './upstream-pool.ts';

/** Up to here a copy is cheaper than memory that is lent until the system has sent it. */
const copiedBytes = 4 * 1024;

/**
 * A WebSocket after both sides agreed: every byte goes through as it comes, in both directions, with back-pressure both
 * ways. What a carrier adds to a message (streams, memory that is new for each read) costs half as much again as the
 * system's own calls: `docs/decisions/2026-11-24-two-lanes-of-the-proxy.md`.
 */
export class TwoWay implements UpstreamUser {
  readonly #client: Socket;
  readonly #connection: UpstreamConnection;
  readonly #recording: Recording;
  #isOver = false;

  /** `early`: what the client said before the service had agreed; `rest`: what the service said behind its agreement. */
  constructor(to: {
    readonly client: Socket;
    readonly connection: UpstreamConnection;
    readonly recording: Recording;
    readonly early: Buffer | undefined;
    readonly rest: Buffer;
  }) {
    this.#client = to.client;
    this.#connection = to.connection;
    this.#recording = to.recording;
    const { client } = to;
    client.setTimeout(0);
    client.on('data', this.#up);
    client.on('drain', () => void this.#connection.socket.resume());
    client.on('end', () => this.#connection.socket.end());
    client.on('close', () => this.#end());
    client.on('error', () => client.destroy());
    to.connection.handTo(this);
    if (to.early !== undefined) this.#up(to.early);
    client.resume();
    if (to.rest.length > 0) this.onData(to.rest);
  }

  onConnected(): void {}

  onData(part: Buffer): void {
    this.#recording.down(part);
    const flows =
      part.length <= copiedBytes
        ? this.#client.write(part.toString('latin1'), 'latin1')
        : this.#client.write(part, this.#connection.borrow());
    if (!flows && this.#client.writableLength > mostQueuedBytes) this.#connection.socket.pause();
  }

  readonly #up = (part: Buffer) => {
    const { socket } = this.#connection;
    this.#recording.up(part);
    if (!socket.write(part) && socket.writableLength > mostQueuedBytes) this.#client.pause();
  };

  onDrain(): void {
    this.#client.resume();
  }

  onOver(): void {
    this.#end();
  }

  /** A side that is gone takes the other one with it, after what was on its way. */
  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#recording.ended('done');
    this.#client.destroySoon();
    this.#connection.socket.destroySoon();
  }
}
