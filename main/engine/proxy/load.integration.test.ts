import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, get, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createCleanup, runGearway, until } from '../../testing/index.ts';

const cleanup = createCleanup();
afterAll(() => cleanup.run());

/** `GEARWAY_LOAD=10` makes it 200 streams, 200 sockets and 5,000 requests. */
const factor = Number(process.env.GEARWAY_LOAD ?? 2);
const [streams, sockets, requests] = [20 * factor, 20 * factor, 500 * factor];
const atOnce = 40;

/** A service that keeps idle connections for 0.7 s, streams events for ever and answers each with what it asked. */
async function startService() {
  let open = 0;
  const server = createServer({ keepAliveTimeout: 700 }, (asked, answer) => {
    open += 1;
    answer.on('close', () => {
      open -= 1;
    });
    const name = asked.url ?? '';
    if (name.startsWith('/events')) {
      answer.writeHead(200, { 'content-type': 'text/event-stream' });
      let count = 0;
      const timer = setInterval(() => answer.write(`data: ${name} ${count++}\n\n`), 100);
      answer.on('close', () => clearInterval(timer));
      return;
    }
    const parts: Buffer[] = [];
    asked.on('data', (part) => parts.push(part));
    asked.on('end', () => setTimeout(() => answer.end(`${name} ${Buffer.concat(parts).toString()}`), 5));
  });
  new WebSocketServer({ server }).on('connection', (socket, asked) =>
    socket.on('message', (data) => socket.send(`${asked.url} ${data}`)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup.later(() => void server.close().closeAllConnections());
  return { port: (server.address() as AddressInfo).port, open: () => open };
}

const residentMib = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1024;

describe('a day at once', () => {
  it('loses nothing, mixes nothing, and leaves nothing behind', { timeout: 240_000 }, async () => {
    const service = await startService();
    const folder = await mkdtemp(join(tmpdir(), 'gw-load-'));
    cleanup.add({ stop: () => rm(folder, { recursive: true, force: true }) });
    const file = join(folder, 'proxy.json');
    await writeFile(
      file,
      JSON.stringify({
        services: [{ name: 'web', route: 'tunnel', tunnel: `http://127.0.0.1:${service.port}` }],
      }),
    );
    const command = cleanup.add(runGearway(['proxy', '--config', file, '--json']));
    const port = Number((await command.line('the first line', ({ event }) => event === 'ready')).port);
    const pid = command.child.process.pid ?? 0;
    const headers = { host: `web.localhost:${port}` };
    const to = { host: '127.0.0.1', port, headers, agent: false } as const;
    const wrong: string[] = [];

    async function many(count: number, call: (index: number) => Promise<void>) {
      let next = 0;
      const lane = async () => {
        for (let index = next++; index < count; index = next++) await call(index);
      };
      await Promise.all(Array.from({ length: atOnce }, lane));
    }

    const ask = (index: number) =>
      new Promise<void>((resolve) => {
        const method = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'][index % 5] ?? 'GET';
        const body = method === 'POST' || method === 'PUT' ? `body of ${index}` : '';
        const asked = request({ ...to, method, path: `/${index}` }, (answer) => {
          let text = '';
          answer.on('data', (part) => {
            text += part;
          });
          answer.on('error', () => resolve());
          answer.on('end', () => {
            if (answer.statusCode !== 200 || text !== `/${index} ${body}`) wrong.push(`${index}: ${text}`);
            resolve();
          });
        });
        const isLeft = index % 5 === (index / 5) % 5;
        asked.on('error', (error) => {
          if (!isLeft) wrong.push(`${index}: ${error.message}`);
          resolve();
        });
        asked.end(body);
        if (isLeft) setTimeout(() => asked.destroy(), index % 7);
      });

    const heard = Array.from({ length: streams }, () => 0);
    const left: (() => void)[] = [];
    for (let index = 0; index < streams; index += 1) {
      const asked = get({ ...to, path: `/events/${index}` }, (answer) => {
        let text = '';
        answer.on('data', (part) => {
          text += part;
          const lines = text.split('\n\n');
          text = lines.pop() ?? '';
          for (const line of lines) {
            if (line !== `data: /events/${index} ${heard[index]}`) wrong.push(`stream ${index}: ${line}`);
            heard[index] = (heard[index] ?? 0) + 1;
          }
        });
      });
      asked.on('error', () => {});
      left.push(() => asked.destroy());
    }
    const echoed = Array.from({ length: sockets }, () => 0);
    for (let index = 0; index < sockets; index += 1) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/socket/${index}`, { headers });
      const send = () => socket.send(`message ${echoed[index]}`);
      socket.on('open', send);
      socket.on('error', (error) => wrong.push(`socket ${index}: ${error.message}`));
      socket.on('message', (data) => {
        if (String(data) !== `/socket/${index} message ${echoed[index]}`)
          wrong.push(`socket ${index}: ${data}`);
        echoed[index] = (echoed[index] ?? 0) + 1;
        setTimeout(() => socket.readyState === WebSocket.OPEN && send(), 20);
      });
      left.push(() => socket.terminate());
    }
    await until('all streams and sockets', () => [...heard, ...echoed].every((count) => count > 0), {
      deadlineMs: 60_000,
    });

    await many(Math.ceil(requests / 5), ask);
    const before = residentMib(pid);
    await many(requests, ask);
    const counts = heard.reduce((sum, count) => sum + count, 0);
    await until(
      'the streams to go on',
      () => heard.reduce((sum, count) => sum + count, 0) > counts + streams,
      { deadlineMs: 60_000 },
    );
    const grewMib = residentMib(pid) - before;
    expect(wrong).toEqual([]);
    for (const leave of left) leave();
    await until('nothing to be open at the service', () => service.open() === 0, { deadlineMs: 30_000 });
    // Less than one ring of 500 remembered requests and what the collector leaves for later.
    expect(grewMib).toBeLessThan(48);
    expect(command.child.hasExited()).toBe(false);
  });
});
