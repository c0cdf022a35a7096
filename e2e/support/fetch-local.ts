import { request } from 'node:http';

/** Gets an address under `localhost` as a browser does: every such name is this machine, whatever the resolver knows. */
export function fetchLocal(
  address: string,
  send: { readonly method?: string; readonly body?: string } = {},
): Promise<{
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}> {
  const url = new URL(address);
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: url.port,
        method: send.method,
        path: url.pathname + url.search,
        headers: { host: url.host },
      },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          body += part;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
        answer.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(send.body);
  });
}
