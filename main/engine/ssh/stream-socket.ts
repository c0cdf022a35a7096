import { Duplex } from 'node:stream';
import type { Wire } from './silence.ts';

/**
 * A stream that behaves as a socket does, for SSH that runs through something else: a channel of a jump host, the pipes
 * of a program. Channels of ssh2 end without `close` when the connection that carries them goes, and ssh2's client waits
 * for exactly that word before it tells anybody that it is lost.
 */
export class StreamSocket extends Duplex implements Wire {
  bytesRead = 0;
  bytesWritten = 0;
  readonly #inner: Duplex;

  constructor(inner: Duplex) {
    super({ allowHalfOpen: false });
    this.#inner = inner;
    inner.on('data', (chunk: Buffer) => {
      this.bytesRead += chunk.length;
      if (!this.push(chunk)) inner.pause();
    });
    inner.on('end', () => this.push(null));
    inner.on('error', () => this.destroy());
    inner.on('close', () => this.destroy());
    inner.pause();
  }

  override _read(): void {
    this.#inner.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.bytesWritten += chunk.length;
    if (this.#inner.write(chunk)) done();
    else this.#inner.once('drain', done);
  }

  override _final(done: () => void): void {
    this.#inner.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#inner.destroy();
    done(error);
  }
}
