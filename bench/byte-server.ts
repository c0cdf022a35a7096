import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What measurements talk to, in a process of its own: an echo, a source without end, and a sink that says when it has all. */
export interface BytePorts {
  readonly echo: number;
  readonly source: number;
  readonly sink: number;
}

const chunk = Buffer.alloc(1024 * 1024, 'gearway ');

/** Serves until the process that started it is gone; writes the ports as one line of JSON. */
export async function serveBytes(): Promise<void> {
  const echo = await listen((socket) => {
    socket.pipe(socket);
  });
  const source = await listen((socket) => {
    const fill = () => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on('drain', fill);
    fill();
  });
  const sink = await listen((socket) => {
    // Whatever comes is dropped; the end is answered, so that the client knows that all of it arrived.
    socket.on('data', () => {});
    socket.on('end', () => socket.end('done'));
  });
  const ports: BytePorts = { echo, source, sink };
  console.log(JSON.stringify(ports));
  process.stdin.on('end', () => process.exit(0)).resume();
}

function listen(serve: (socket: Socket) => void): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      socket.on('error', () => socket.destroy());
      serve(socket);
    });
    server.listen(0, '127.0.0.1', 1_024, () => resolve((server.address() as AddressInfo).port));
  });
}
