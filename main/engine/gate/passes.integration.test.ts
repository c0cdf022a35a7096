import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { GrantFile } from '../../../shared/model/gate.ts';
import { createCleanup, listenHttp, startPythonWeb, until } from '../../testing/index.ts';
import { type GateLab, hashOf, raw, startGate, statusOf, systemPython, tokenOf } from './testing/gate-lab.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

const key = tokenOf('gwk', 'k');
const link = tokenOf('gwl', 'l');
const program: GrantFile = { id: 'program', kind: 'key', name: 'p', until: null, hash: hashOf(key) };
const guest: GrantFile = { id: 'guest', kind: 'link', name: 'g', until: null, hash: hashOf(link) };
const grants = [program, guest];
const bearer = { authorization: `Bearer ${key}` };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
async function behind(answer: Answer, more: Parameters<typeof startGate>[1]['more'] = {}) {
  const server = createServer(answer);
  const service = await listenHttp(cleanup, server);
  return { server, gate: await startGate(cleanup, { service, grants, more }) };
}

/** One request by a program; the answer's head, with its body to be read. */
const ask = (
  gate: GateLab,
  options: {
    readonly method?: string;
    readonly headers?: Record<string, string>;
    readonly path?: string;
  } = {},
  body?: (out: ReturnType<typeof request>) => void,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const out = request(
      {
        port: gate.port,
        host: '127.0.0.1',
        agent: false,
        ...options,
        headers: { ...bearer, ...options.headers },
      },
      resolve,
    );
    out.on('error', reject);
    if (body === undefined) out.end();
    else body(out);
  });
const textOf = async (answer: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return text;
};
const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

describe('through the gate passes', () => {
  it('one request after the other over one connection', async () => {
    const { gate } = await behind(({ url }, response) => response.end(`at ${url}`));
    const one = (path: string, more = '') =>
      `GET ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${key}\r\n${more}\r\n`;
    const answer = await raw(gate.port, one('/1') + one('/2') + one('/3', 'Connection: close\r\n'));
    expect(answer.match(/at \/\d/g)).toEqual(['at /1', 'at /2', 'at /3']);
  });

  it('each request by its own right: what follows a key on the same connection is a stranger’s', async () => {
    const { gate } = await behind((_, response) => response.end('inside'));
    const answer = await raw(
      gate.port,
      `GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${key}\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n`,
    );
    expect([...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => match[1])).toEqual(['200', '401']);
  });

  it('a stream, piece by piece as it comes', async () => {
    let more: (() => void) | undefined;
    const { gate } = await behind((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
      more = () => response.end('data: 2\n\n');
    });
    const answer = await ask(gate);
    const pieces: string[] = [];
    answer.on('data', (chunk) => pieces.push(String(chunk)));
    await until('the first piece alone', () => pieces.join('') === 'data: 1\n\n');
    more?.();
    await until('the second', () => pieces.join('').endsWith('data: 2\n\n'));
  });

  it('WebSockets, both ways, with their close code', async () => {
    const { gate, server } = await behind((_, response) => response.end());
    const echo = new WebSocketServer({ server });
    cleanup.later(() => echo.close());
    echo.on('connection', (one) => one.on('message', (data, binary) => one.send(data, { binary })));
    const client = new WebSocket(`ws://127.0.0.1:${gate.port}/live`, { headers: bearer });
    const said: string[] = [];
    let code = 0;
    client.on('message', (data) => said.push(String(data))).on('close', (got) => (code = got));
    await new Promise((resolve, reject) => client.once('open', resolve).once('error', reject));
    client.send('hello');
    client.send('x'.repeat(300_000));
    await until('both echoes', () => said.length === 2);
    expect([said[0], said[1]?.length]).toEqual(['hello', 300_000]);
    client.close(4_001);
    await until('the close', () => code === 4_001);
  });

  it.each(['chunks', 'a length'])('an upload of 300 MB by %s, in constant memory', async (how) => {
    const { gate } = await behind((incoming, response) => {
      let bytes = 0;
      incoming.on('data', (chunk: Buffer) => (bytes += chunk.length));
      incoming.on('end', () => response.end(String(bytes)));
    });
    const size = 300 * 1024 * 1024;
    const piece = Buffer.alloc(1024 * 1024);
    let most = 0;
    const answer = await ask(
      gate,
      { method: 'POST', headers: how === 'chunks' ? {} : { 'content-length': String(size) } },
      async (out) => {
        for (let sent = 0; sent < size; sent += piece.length) {
          if (!out.write(piece)) await new Promise((resolve) => out.once('drain', resolve));
          most = Math.max(most, memoryOf(gate.pid));
        }
        out.end();
      },
    );
    expect(await textOf(answer)).toBe(String(size));
    expect(most).toBeLessThan(60);
  });

  it('a slow reader’s download, which waits in the service and not in memory', async () => {
    let written = 0;
    const { gate } = await behind((_, response) => {
      const fill = () => {
        while (written < 200e6 && response.write(Buffer.alloc(65_536))) written += 65_536;
      };
      response.on('drain', fill);
      fill();
    });
    const answer = await ask(gate);
    answer.pause();
    let before = -1;
    await until(
      'the service to be held back',
      () => {
        const isStill = before === written;
        before = written;
        return isStill;
      },
      { everyMs: 300 },
    );
    expect(written).toBeLessThan(40e6);
    expect(memoryOf(gate.pid)).toBeLessThan(60);
    answer.destroy();
  });

  it('100-continue, ranges, HEAD, 304 and what has no length', async () => {
    const { server, gate } = await behind(({ method, url }, response) => {
      if (url === '/304') response.writeHead(304).end();
      else if (url === '/old') response.socket?.end('HTTP/1.0 200 OK\r\n\r\nuntil the end');
      else if (method === 'HEAD') response.writeHead(200, { 'content-length': '7' }).end();
      else response.end('fine');
    });
    let asked = false;
    server.on('checkContinue', (incoming: IncomingMessage, response: ServerResponse) => {
      asked = true;
      response.writeContinue();
      incoming.resume().on('end', () => response.end('took it'));
    });
    const took = await ask(
      gate,
      { method: 'PUT', headers: { expect: '100-continue', 'content-length': '3' } },
      (out) => {
        out.flushHeaders();
        out.on('continue', () => out.end('abc'));
      },
    );
    expect([await textOf(took), asked]).toEqual(['took it', true]);
    expect((await ask(gate, { method: 'HEAD' })).headers['content-length']).toBe('7');
    expect((await ask(gate, { path: '/304' })).statusCode).toBe(304);
    expect(await textOf(await ask(gate, { path: '/old' }))).toBe('until the end');
  });

  it('an answer that comes before the upload has ended', async () => {
    const { gate } = await behind((_, response) =>
      response.writeHead(413, { connection: 'close' }).end('too large'),
    );
    const answer = await ask(
      gate,
      { method: 'POST', headers: { 'content-length': '1000000000' } },
      (out) => void out.on('error', () => {}).write('x'),
    );
    expect([answer.statusCode, await textOf(answer)]).toEqual([413, 'too large']);
  });

  it('the news that a client has gone, so that a model stops', async () => {
    let asked = false;
    let gone = false;
    const { gate } = await behind((_, response) => {
      asked = true;
      response.on('close', () => (gone = true));
    });
    const client = connect(gate.port, '127.0.0.1');
    client.on('error', () => {});
    client.write(`GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${key}\r\n\r\n`);
    await until('the service to be asked', () => asked);
    client.end();
    await until('the service to hear of it', () => gone);
  });

  it('a cut answer as a cut one, never as a whole one', async () => {
    const { gate } = await behind((_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half', () => response.socket?.destroy());
    });
    const answer = await ask(gate);
    await expect(textOf(answer)).rejects.toThrow(/aborted|hang up|ECONNRESET/);
  });

  it('the key of the service in place of the gate’s', async () => {
    const seen: unknown[] = [];
    const answer: Answer = ({ headers }, response) => {
      seen.push([headers.authorization, headers['x-gearway-key'], headers.cookie]);
      response.end();
    };
    const { gate } = await behind(answer, { service_authorization: 'Bearer sk-inside' });
    await ask(gate, { headers: { cookie: 'a=b; __Host-gearway-gatelab=x; c=d' } });
    await ask(gate, { headers: { authorization: 'token mine', 'x-gearway-key': key } });
    expect(seen).toEqual([
      ['Bearer sk-inside', undefined, 'a=b; c=d'],
      ['token mine', undefined, undefined],
    ]);
  });

  it('Python’s own web server, with its ranges of whole files', async () => {
    const web = cleanup.add(await startPythonWeb({ marker: 'behind the gate' }));
    const gate = await startGate(cleanup, { service: web.port, grants });
    expect(await textOf(await ask(gate))).toContain('behind the gate');
  });
});

describe('what is given can be taken', () => {
  const enter = (gate: GateLab) =>
    raw(
      gate.port,
      `POST /.gearway/enter HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${7 + link.length}\r\n\r\nsecret=${link}`,
    );

  it('at once: open streams and WebSockets end with the link or key that opened them', async () => {
    const { gate } = await behind((_, response) => {
      response.write('data: 1\n\n');
    });
    const answer = await ask(gate);
    let ended = false;
    answer
      .on('data', () => {})
      .on('error', () => {})
      .on('close', () => (ended = true));
    await until('the first piece', () => answer.readableDidRead);
    gate.change({ grants: [{ ...program, revoked: true }, guest] });
    await until('the stream to end', () => ended, { deadlineMs: 5_000 });
    expect((await ask(gate)).statusCode).toBe(401);
    await until(
      'its tries to be counted',
      () => JSON.parse(gate.read('use.json')).grants.program.refused > 0,
    );
  });

  it('by its end in time', async () => {
    const { gate } = await behind((_, response) => response.end('in'));
    gate.change({ grants: [{ ...program, until: Math.floor(Date.now() / 1000) + 2 }] });
    expect((await ask(gate)).statusCode).toBe(200);
    await until('its end', async () => (await ask(gate)).statusCode === 401);
  });

  it('by being used: a link for one person opens once, after a restart too', async () => {
    const { gate } = await behind((_, response) => response.end('in'), {
      grants: [{ ...guest, once: true }],
    });
    const first = await enter(gate);
    expect(statusOf(first)).toBe(303);
    expect(statusOf(await enter(gate))).toBe(403);
    expect(JSON.parse(gate.read('use.json')).grants.guest.opened).toBe(true);
    const cookie = /^Set-Cookie: ([^;]+)/m.exec(first)?.[1];
    expect(statusOf(await raw(gate.port, `GET / HTTP/1.1\r\nHost: a\r\nCookie: ${cookie}\r\n\r\n`))).toBe(
      200,
    );
  });

  it('by a file that cannot be read: nobody is let in', async () => {
    const { gate } = await behind((_, response) => response.end('in'));
    gate.change({ grants: 'nonsense' as never });
    expect((await ask(gate)).statusCode).toBe(401);
    gate.change({ grants });
    expect((await ask(gate)).statusCode).toBe(200);
  });
});

describe('the gate’s own program', () => {
  const python = (code: string) =>
    execFileSync(systemPython, ['-B', '-c', code], {
      cwd: `${import.meta.dirname}/remote`,
      encoding: 'utf8',
    }).trim();

  it('is one readable file that Python 3.8 understands', () => {
    const code = `import ast
text = open("gate.py").read()
ast.parse(text, feature_version=(3, 8))
print(len(text.splitlines()), max(map(len, text.splitlines())))`;
    const [lines, longest] = python(code).split(' ').map(Number);
    expect(lines).toBeLessThan(600);
    expect(longest).toBeLessThan(140);
  });

  it('compares every secret to its end, whichever is right: nothing is learnt from how long it takes', () => {
    const code = `import gate, hashlib
real, count = gate.hmac.compare_digest, []
gate.hmac.compare_digest = lambda a, b: count.append(len(a)) or real(a, b)
one = gate.Grants.__new__(gate.Grants)
hashes = [hashlib.sha256(str(at).encode()).hexdigest() for at in range(20)]
one.grants = [{"id": str(at), "kind": "key", "hash": hash} for at, hash in enumerate(hashes)]
for token in ("0", "7", "19", "nothing"):
    count.clear(); one.by_token("key", token); print(len(count), set(count))`;
    expect(new Set(python(code).split('\n'))).toEqual(new Set(['20 {64}']));
  });

  it('answers 502 when the service is away', async () => {
    const gate = await startGate(cleanup, { service: 1, grants });
    expect((await ask(gate)).statusCode).toBe(502);
  });
});
