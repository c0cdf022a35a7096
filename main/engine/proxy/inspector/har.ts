import type { BodyPreview, Exchange, HeaderPair } from '../../../../shared/model/exchange.ts';

/**
 * Exchanges as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), oldest first. What Gearway knows beyond it
 * stands in fields that begin with `_`, which readers skip.
 */
export function toHar(exchanges: readonly Exchange[], version: string): string {
  const entries = exchanges
    .toSorted((one, other) => one.startedAt - other.startedAt)
    .map((exchange) => {
      const { queueMs, connectMs, firstByteMs, totalMs } = exchange.timing;
      const known = (queueMs ?? 0) + (connectMs ?? 0) + (firstByteMs ?? 0);
      const receive = Math.max(0, (totalMs ?? known) - known);
      return {
        startedDateTime: new Date(exchange.startedAt).toISOString(),
        time: known + receive,
        request: {
          method: exchange.method,
          url: exchange.url,
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: named(exchange.requestHeaders),
          queryString: queryOf(exchange.path),
          headersSize: -1,
          bodySize: exchange.kind === 'websocket' ? 0 : exchange.bytesUp,
          ...(exchange.requestBody === undefined
            ? {}
            : {
                postData: {
                  mimeType: header(exchange.requestHeaders, 'content-type') ?? '',
                  text: exchange.requestBody.text,
                  ...(exchange.requestBody.encoding === 'base64' ? { _encoding: 'base64' } : {}),
                },
              }),
        },
        response: {
          status: exchange.status ?? 0,
          statusText: '',
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: named(exchange.responseHeaders),
          content: contentOf(exchange, exchange.responseBody),
          redirectURL: header(exchange.responseHeaders, 'location') ?? '',
          headersSize: -1,
          bodySize: exchange.kind === 'websocket' ? 0 : exchange.bytesDown,
          ...(exchange.error === undefined ? {} : { _error: exchange.error }),
        },
        cache: {},
        timings: {
          blocked: queueMs ?? -1,
          dns: -1,
          connect: connectMs ?? -1,
          // It leaves in the same moment as the connection stands; HAR wants a number here.
          send: 0,
          wait: firstByteMs ?? 0,
          receive,
          ssl: -1,
        },
        _route: exchange.route,
        _kind: exchange.kind,
        _state: exchange.state,
        ...(exchange.messages === undefined ? {} : { _messages: exchange.messages }),
      };
    });
  return `${JSON.stringify({ log: { version: '1.2', creator: { name: 'Gearway', version }, entries } }, undefined, 2)}\n`;
}

const named = (headers: readonly HeaderPair[]) => headers.map(([name, value]) => ({ name, value }));

const header = (headers: readonly HeaderPair[], wanted: string): string | undefined =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1];

const queryOf = (path: string) => {
  const start = path.indexOf('?');
  return start < 0
    ? []
    : [...new URLSearchParams(path.slice(start + 1))].map(([name, value]) => ({ name, value }));
};

const contentOf = (exchange: Exchange, body: BodyPreview | undefined) => ({
  size: exchange.kind === 'websocket' ? 0 : exchange.bytesDown,
  mimeType: header(exchange.responseHeaders, 'content-type') ?? 'x-unknown',
  ...(body === undefined
    ? {}
    : { text: body.text, ...(body.encoding === 'base64' ? { encoding: 'base64' } : {}) }),
});
