import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { answerCases } from './testing/answers.ts';
import { at, closeAll, raw, startProxy, tcpOrigin } from './testing/proxy.ts';

afterEach(closeAll);

const ways: readonly (readonly [name: string, request: string])[] = [
  ['GET', 'GET / HTTP/1.1\r\nHost: HOST\r\n\r\n'],
  ['OPTIONS', 'OPTIONS / HTTP/1.1\r\nHost: HOST\r\n\r\n'],
  ['DELETE', 'DELETE / HTTP/1.1\r\nHost: HOST\r\n\r\n'],
  ['POST', 'POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 2\r\n\r\nup'],
  ['PUT in chunks', 'PUT / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nup\r\n0\r\n\r\n'],
  ['a method of its own', 'BREW / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n'],
  ['a large GET', `GET /?${'q'.repeat(9_000)} HTTP/1.1\r\nHost: HOST\r\n\r\n`],
];
const offer = 'GET / HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

const isWhole = /\r\n\r\n|^up|\r\n0\r\n\r\n$/;

/** A service that says these bytes to whoever asks, in one piece or byte by byte. */
async function setup(answer: string, ends: boolean, pieces: 'whole' | 'bytes' = 'whole') {
  let asked = 0;
  const service = await tcpOrigin((socket: Socket) => {
    let heard = '';
    let answered = false;
    socket.on('data', (part) => {
      heard += part.toString('latin1');
      const needsBody = /^(?:POST|PUT)/.test(heard);
      const head = heard.indexOf('\r\n\r\n');
      if (
        answered ||
        head < 0 ||
        (needsBody && !isWhole.test(heard.slice(head + 4)) && !heard.endsWith('up'))
      )
        return;
      answered = true;
      asked += 1;
      const bytes = Buffer.from(answer, 'latin1');
      if (pieces === 'whole') socket.write(bytes);
      else for (const byte of bytes) socket.write(Buffer.of(byte));
      if (ends) socket.end();
    });
  });
  const { port } = await startProxy([{ tunnel: at(service.port) }]);
  return { port, count: () => asked };
}

/** Fields of a head as `name: value`, its names in lower case, without those of one connection. */
function fieldsOf(head: string): string[] {
  const own = /^(?:connection|keep-alive|transfer-encoding|x-gearway-route)$/;
  return head
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => !/^[ \t]/.test(line))
    .map((line) => {
      const colon = line.indexOf(':');
      const name = line
        .slice(0, colon)
        .replace(/[ \t]+$/, '')
        .toLowerCase();
      return own.test(name) ? '' : `${name}: ${line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')}`;
    })
    .filter((line) => line !== '');
}

/** A head and what follows; what came before the answer itself is left out. */
function split(text: string): { readonly line: string; readonly head: string; readonly body: string } {
  const found = /\r?\n\r?\n/.exec(text);
  const [at, length] = found === null ? [text.length, 0] : [found.index, found[0].length];
  const head = text.slice(0, at);
  const rest = text.slice(at + length);
  if (/^HTTP\/1\.[01] 1\d\d/.test(head) && rest !== '') return split(rest);
  return { line: head.split(/\r?\n/)[0] ?? '', head, body: rest };
}

describe.each(answerCases)(
  'an answer with $name',
  ({ answer, ends = false, outcome, body, without = [] }) => {
    const said = split(answer);
    const wanted = body ?? said.body;

    async function hear(request: string, pieces: 'whole' | 'bytes') {
      const { port, count } = await setup(answer, ends, pieces);
      const client = await raw(port);
      client.send(request.replace('HOST', `web.localhost:${port}`));
      const isOver = (heard: string) => {
        const got = split(heard);
        if (outcome === 'refused') return got.body !== '';
        return (
          got.head !== '' &&
          heard.includes('x-gearway-route') &&
          got.body.length >= wanted.length &&
          got.body.includes(wanted)
        );
      };
      const heard = outcome === 'cut' ? await client.closed() : await client.when(isOver, 'the answer');
      return { heard, count: count() };
    }

    it.each<readonly [string, string]>([...ways, ['a WebSocket that is refused', offer]])(
      'reaches %s so, asked once',
      async (_name, request) => {
        for (const pieces of ['whole', 'bytes'] as const) {
          if (request === offer && (said.line.includes(' 101') || outcome === 'cut')) continue;
          const { heard, count } = await hear(request, pieces);
          const got = split(heard);
          expect(count).toBe(1);
          if (outcome === 'refused') {
            expect(got.line).toBe('HTTP/1.1 502 Bad Gateway');
            expect(got.body).toContain('no_healthy_route');
            continue;
          }
          // An empty reason may lose its space, and a version says only what the sender speaks.
          const line = (text: string) => text.replace(/^HTTP\/1\.0/, 'HTTP/1.1').replace(/ +$/, '');
          expect(line(got.line)).toBe(line(said.line));
          const isCarried = (field: string) => !without.includes(field.slice(0, field.indexOf(':')));
          const unique = (fields: readonly string[]) =>
            fields.filter(
              (field, index) => !field.startsWith('content-length') || fields.indexOf(field) === index,
            );
          expect(fieldsOf(got.head).filter(isCarried)).toEqual(unique(fieldsOf(said.head).filter(isCarried)));
          expect(got.body).toContain(wanted);
          const isChunked = /transfer-encoding/i.test(said.head);
          if (!isChunked && (/content-length/i.test(said.head) || body === ''))
            expect(got.body.slice(0, wanted.length)).toBe(wanted);
          // The framing of chunks is the service's own, byte by byte.
          if (isChunked) expect(got.body.startsWith(said.body.slice(0, 9))).toBe(true);
        }
      },
    );
  },
);
