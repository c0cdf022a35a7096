import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server in front of a platform's API, which can answer in its place. */
export interface PlatformFront {
  readonly origin: string;
  stop(): void;
}

/** `intercept` takes a request over by its body, or gives the headers that it goes on with; `amend` changes answers. */
export async function startPlatformFront(
  origin: string,
  intercept: (
    asked: IncomingMessage,
    answer: ServerResponse,
    body: string,
  ) => 'taken' | Readonly<Record<string, string>>,
  { amend }: { readonly amend?: (text: string) => string } = {},
): Promise<PlatformFront> {
  const target = new URL(origin);
  const server = createServer(async (asked, answer) => {
    const body = Buffer.concat(await asked.toArray()).toString();
    const more = intercept(asked, answer, body);
    if (more === 'taken') return;
    const headers = { ...asked.headers, host: target.host, origin, ...more };
    const onward = request(
      { host: target.hostname, port: target.port, path: asked.url, method: asked.method, headers },
      async (answered) => {
        if (amend === undefined) {
          answer.writeHead(answered.statusCode ?? 502, answered.headers);
          answered.pipe(answer);
          return;
        }
        const { 'content-length': _, 'transfer-encoding': _coding, ...kept } = answered.headers;
        const text = amend(Buffer.concat(await answered.toArray()).toString());
        answer.writeHead(answered.statusCode ?? 502, kept).end(text);
      },
    );
    onward.on('error', () => answer.destroy());
    onward.end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
