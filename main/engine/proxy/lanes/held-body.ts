import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';

/** What was read of bodies before a connection stood, so that it can go elsewhere when none comes about. */
const heldParts = new WeakMap<IncomingMessage, Buffer[]>();

/**
 * The body of a request for one try. Until the connection stands, what was read is kept (the client's socket is
 * paused by then: at most a few buffers); the next try sends that first, then the rest.
 */
export function bodyOf(request: IncomingMessage): {
  readonly stream: Readable | undefined;
  stood(): void;
  watch(see: (part: Buffer) => void): void;
} {
  const before = heldParts.get(request);
  const held: Buffer[] = [];
  heldParts.set(request, held);
  let keeping = true;
  let stream: PassThrough | undefined;
  if (before !== undefined && before.length > 0) {
    request.unpipe();
    stream = new PassThrough();
    for (const part of before) stream.write(part);
    request.pipe(stream);
  }
  const source: Readable = stream ?? request;
  return {
    stream,
    stood() {
      keeping = false;
      held.length = 0;
    },
    watch(see) {
      source.on('data', (part: Buffer) => {
        see(part);
        if (keeping) held.push(part);
      });
    },
  };
}
