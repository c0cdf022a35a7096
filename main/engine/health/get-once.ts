import { type IncomingHttpHeaders, request } from 'node:http';
import type { Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** At most `mostBytes` of it. */
  readonly body: string;
}

/** The first bytes tell what answers; nobody needs a model's whole page for that. */
const mostBytes = 64 * 1024;

/**
 * Sends one `GET` over a connection that stands and reads the beginning of the answer; then the connection is
 * destroyed. No redirect is followed; no credential is sent
 * but what `headers` hold. Rejects with Node's error: one of a parser carries
 * `rawPacket`, the bytes that were no HTTP.
 */
export function getOnce(
  socket: Socket,
  options: {
    readonly host: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
    readonly onFirstByte: () => void;
  },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    socket.once('data', options.onFirstByte);
    const asked = request(
      {
        createConnection: () => socket,
        path: options.path,
        method: 'GET',
        signal: options.signal,
        headers: {
          host: options.host,
          accept: 'application/json, text/html',
          'user-agent': 'Gearway',
          connection: 'close',
          ...options.headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        const finish = () => {
          socket.destroy();
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          });
        };
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk.subarray(0, mostBytes - bytes));
          bytes += chunk.length;
          if (bytes >= mostBytes) finish();
        });
        response.on('end', finish);
        response.on('error', reject);
        // A page that never ends (events, a video) has answered all the same.
        if (isEndless(response.headers)) finish();
      },
    );
    asked.on('error', (error) => {
      socket.destroy();
      reject(error);
    });
    asked.end();
  });
}

const isEndless = (headers: IncomingHttpHeaders): boolean =>
  /^(?:text\/event-stream|multipart\/x-mixed-replace|video\/|audio\/)/i.test(headers['content-type'] ?? '');

/** The title of a page, one line, at most 120 characters. */
export function titleOf(body: string): string | undefined {
  const found = /<title[^>]{0,200}>([^<]{1,500})<\/title>/i.exec(body)?.[1];
  const title = found
    ?.replace(/\s+/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '')
    .trim()
    .slice(0, 120);
  return title === '' ? undefined : title;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
