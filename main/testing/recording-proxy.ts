import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** An HTTP proxy that notes what it is asked, and leads every connection to one place of this computer. */
export interface RecordingProxy {
  readonly port: number;
  /** `host:port` of each `CONNECT`, in order. */
  readonly asked: readonly string[];
  /** What stood in `Proxy-Authorization`. */
  readonly logins: readonly (string | undefined)[];
  /** The status that it answers from now on instead of leading anywhere. */
  refuse(status: number | undefined): void;
  stop(): Promise<void>;
}

/** `to`: port on loopback where everything leads, `undefined` as the proxy of a network that lets nothing through. */
export async function startRecordingProxy(to?: number): Promise<RecordingProxy> {
  const asked: string[] = [];
  const logins: (string | undefined)[] = [];
  let status: number | undefined = to === undefined ? 403 : undefined;
  const server = createServer((request, response) => {
    // A plain request in absolute form, as curl sends for http.
    asked.push(new URL(request.url ?? '', 'http://none').host);
    response.end('proxied');
  });
  server.on('connect', (request, client, head) => {
    asked.push(request.url ?? '');
    logins.push(request.headers['proxy-authorization']);
    client.on('error', () => {});
    if (status !== undefined || to === undefined) {
      client.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const far = connect(to, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.write(head);
      far.pipe(client);
      client.pipe(far);
    });
    far.on('error', () => client.destroy());
    client.on('close', () => far.destroy());
  });
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    logins,
    refuse(next) {
      status = next;
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
