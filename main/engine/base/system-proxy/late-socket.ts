import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/**
 * A connection that can be used at once and stands later: what is written waits for it. Emits `connect` when it stands, and
 * `error` when it cannot. It has those methods of a socket that a client of HTTP or TLS calls.
 */
export class LateSocket extends Duplex {
  readonly #open: (signal: AbortSignal) => Promise<Socket>;
  readonly #life = new AbortController();
  #socket: Socket | undefined;
  #timeoutMs: number | undefined;

  constructor(open: (signal: AbortSignal) => Promise<Socket>) {
    super({ allowHalfOpen: true, emitClose: true });
    this.#open = open;
  }

  override _construct(callback: (error?: Error | null) => void): void {
    this.#open(this.#life.signal).then(
      (socket) => {
        if (this.destroyed) {
          socket.destroy();
          return callback();
        }
        this.#stand(socket);
        callback();
        this.emit('connect');
      },
      (error: Error) => callback(error),
    );
  }

  #stand(socket: Socket): void {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) socket.pause();
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
    socket.on('timeout', () => this.emit('timeout'));
    if (this.#timeoutMs !== undefined) socket.setTimeout(this.#timeoutMs);
  }

  override _read(): void {
    this.#socket?.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.#socket?.write(chunk, encoding, callback);
  }

  override _final(callback: (error?: Error | null) => void): void {
    if (this.#socket === undefined) callback();
    else this.#socket.end(callback);
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#life.abort();
    this.#socket?.destroy();
    callback(error);
  }

  setTimeout(ms: number): this {
    this.#timeoutMs = ms;
    this.#socket?.setTimeout(ms);
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  destroySoon(): void {
    this.end(() => this.destroy());
  }

  /** It has what a client of HTTP calls; what else a socket has is not there. */
  asSocket(): Socket {
    return this as unknown as Socket;
  }

  ref(): this {
    this.#socket?.ref();
    return this;
  }

  unref(): this {
    this.#socket?.unref();
    return this;
  }
}
