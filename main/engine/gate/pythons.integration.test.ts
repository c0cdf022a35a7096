import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { GrantFile } from '../../../shared/model/gate.ts';
import { createCleanup, listenHttp, until } from '../../testing/index.ts';
import {
  hashOf,
  passwordGrant,
  raw,
  startGate,
  statusOf,
  systemPython,
  tokenOf,
} from './testing/gate-lab.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

/** The versions that containers have; a gate runs on each of them. */
const minors = [8, 9, 10, 11, 12, 13, 14];

/** Interpreters that happen to be installed here, by their minor version. */
function installed(): ReadonlyMap<number, string> {
  const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const names = existsSync(pyenv) ? readdirSync(pyenv) : [];
  const found = new Map<number, string>();
  for (const minor of minors) {
    const places = [
      `/usr/bin/python3.${minor}`,
      `/usr/local/bin/python3.${minor}`,
      ...names
        .filter((name) => name.startsWith(`3.${minor}.`))
        .map((name) => join(pyenv, name, 'bin', 'python3')),
    ];
    const place = places.find((one) => existsSync(one));
    if (place !== undefined) found.set(minor, place);
  }
  return found;
}

const key = tokenOf('gwk', 'k');
const link = tokenOf('gwl', 'l');
const grants: readonly GrantFile[] = [
  { id: 'program', kind: 'key', name: '', until: null, hash: hashOf(key) },
  { id: 'guest', kind: 'link', name: '', until: null, hash: hashOf(link) },
  { id: 'word', kind: 'password', name: '', until: null, ...passwordGrant('open sesame') },
];
const there = installed();

describe('a gate on Python 3', () => {
  it.each(minors)('.%i can be read by it', (minor) => {
    const code = `import ast, sys
ast.parse(open(${JSON.stringify(join(import.meta.dirname, 'remote', 'gate.py'))}).read(), feature_version=(3, ${minor}))`;
    expect(execFileSync(systemPython, ['-I', '-B', '-c', code], { encoding: 'utf8' })).toBe('');
  });

  // A version that is not here cannot be run, and is no test that was left out: the grammar above holds for all.
  for (const [minor, python] of there) {
    it(`.${minor} keeps strangers out and passes pages, uploads, streams and WebSockets`, async () => {
      const server = createServer(async (request, response) => {
        let bytes = 0;
        for await (const chunk of request) bytes += (chunk as Buffer).length;
        response.write(`inside ${bytes} `);
        setImmediate(() => response.end('end'));
      });
      const echo = new WebSocketServer({ server });
      cleanup.later(() => echo.close());
      echo.on('connection', (one) => one.on('message', (data) => one.send(String(data))));
      const service = await listenHttp(cleanup, server);
      const gate = await startGate(cleanup, { service, grants, python: python ?? '' });
      const place = `127.0.0.1:${gate.port}`;
      const head = (line: string, ...more: readonly string[]) =>
        `${[`${line} HTTP/1.1`, `Host: ${place}`, 'Connection: close', ...more].join('\r\n')}\r\n\r\n`;
      const enter = (secret: string) =>
        raw(
          gate.port,
          `${head('POST /.gearway/enter', `Origin: http://${place}`, 'Content-Type: application/x-www-form-urlencoded', `Content-Length: ${7 + secret.length}`)}secret=${secret}`,
          { quietMs: 5_000 },
        );

      expect(statusOf(await raw(gate.port, head('GET /')))).toBe(401);
      expect(statusOf(await enter('open+says+me'))).toBe(403);
      for (const secret of [link, 'open+sesame']) {
        const entered = await enter(secret);
        expect(statusOf(entered)).toBe(303);
        const cookie = /^Set-Cookie: ([^;]+)/m.exec(entered)?.[1];
        expect(await raw(gate.port, head('GET /', `Cookie: ${cookie}`))).toContain('inside 0 ');
      }
      const upload = head('POST /', `Authorization: Bearer ${key}`, 'Transfer-Encoding: chunked');
      expect(await raw(gate.port, `${upload}3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n`)).toContain('inside 5 ');

      const client = new WebSocket(`ws://${place}/`, { headers: { authorization: `Bearer ${key}` } });
      const said: string[] = [];
      client.on('message', (data) => said.push(String(data)));
      await new Promise((resolve, reject) => client.once('open', resolve).once('error', reject));
      client.send('hello');
      await until('the echo', () => said.join() === 'hello');

      gate.change({ grants: [] });
      await until('the WebSocket to end', () => client.readyState === WebSocket.CLOSED);
      expect(gate.log()).not.toMatch(/Traceback|Warning/);
    });
  }
});
