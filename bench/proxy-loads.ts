import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { get, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { WebSocket } from 'ws';
import { median } from '../shared/comparison/median.ts';
import type { Door } from './proxy-peers.ts';
import { residentMib } from './resident.ts';

/** Requests a second of 32 connections that are kept, by wrk. */
export async function requestsPerSecond({ port, host }: Door): Promise<number> {
  const words = ['-t1', '-c32', '-d3s', '-H', `Host: ${host}`, `http://127.0.0.1:${port}/`];
  const { stdout } = await promisify(execFile)('wrk', words);
  if (/Non-2xx/.test(stdout)) throw new Error(stdout);
  return Number(/Requests\/sec:\s*([\d.]+)/.exec(stdout)?.[1]);
}

/** Median of the time from question to answer on one connection, in ms. */
export async function latency({ port, host }: Door, count: number): Promise<number> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await new Promise((resolve) => socket.once('connect', resolve));
  const question = `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const start = performance.now();
    await new Promise<void>((resolve) => {
      socket.once('data', () => resolve());
      socket.write(question);
    });
    times.push(performance.now() - start);
  }
  socket.destroy();
  return median(times.slice(count / 10)) ?? Number.NaN;
}

interface Bulk {
  readonly mbPerSecond: number;
  /** Most memory of the carrier during it, above what it had before, in MiB. */
  readonly grewMib: number;
}

export const download = ({ port, host }: Door, bytes: number, pid: number | undefined): Promise<Bulk> =>
  bulk(bytes, pid, (done, failed) => {
    const asked = get({
      host: '127.0.0.1',
      port,
      path: `/bytes?n=${bytes}`,
      headers: { host },
      agent: false,
    });
    asked.on('error', failed);
    asked.on('response', (answer) => {
      let got = 0;
      answer.on('data', (part: Buffer) => {
        got += part.length;
      });
      answer.on('error', failed);
      answer.on('end', () => (got === bytes ? done() : failed(new Error(`${got} of ${bytes} bytes`))));
    });
  });

export const upload = ({ port, host }: Door, bytes: number, pid: number | undefined): Promise<Bulk> =>
  bulk(bytes, pid, (done, failed) => {
    const asked = request({
      ...{ host: '127.0.0.1', port, path: '/sink', method: 'POST', agent: false },
      headers: { host, 'content-length': bytes },
    });
    asked.on('error', failed);
    asked.on('response', (answer) => answer.resume().on('end', done));
    const block = Buffer.alloc(256 * 1024, 'x');
    let left = bytes;
    const more = () => {
      while (left > 0) {
        left -= block.length;
        if (!asked.write(block)) {
          asked.once('drain', more);
          return;
        }
      }
      asked.end();
    };
    more();
  });

async function bulk(
  bytes: number,
  pid: number | undefined,
  run: (done: () => void, failed: (error: Error) => void) => void,
): Promise<Bulk> {
  const before = residentMib(pid);
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, residentMib(pid));
  }, 50);
  const start = performance.now();
  try {
    await new Promise<void>(run);
  } finally {
    clearInterval(timer);
  }
  return { mbPerSecond: bytes / 1_000 / (performance.now() - start), grewMib: most - before };
}

interface Echoes {
  readonly perSecond: number;
  /** What the carrier's processor did for each, in µs; NaN where nothing carries. */
  readonly processorUs: number;
}

/** Echoed messages over 100 WebSockets, each with one message under way. */
export async function echoes({ port, host }: Door, ms: number, pid: number | undefined): Promise<Echoes> {
  const sockets = await Promise.all(
    Array.from(
      { length: 100 },
      () =>
        new Promise<WebSocket>((resolve, reject) => {
          const made = new WebSocket(`ws://127.0.0.1:${port}/`, {
            headers: { host },
            perMessageDeflate: false,
          });
          made.once('open', () => resolve(made));
          made.once('error', reject);
        }),
    ),
  );
  let count = 0;
  for (const socket of sockets) {
    socket.on('message', (data) => {
      count += 1;
      socket.send(data);
    });
    socket.send('x'.repeat(64));
  }
  await pause(200);
  count = 0;
  const before = processorMs(pid);
  await pause(ms);
  const processorUs = ((processorMs(pid) - before) * 1_000) / count;
  const perSecond = (count * 1_000) / ms;
  for (const socket of sockets) socket.terminate();
  return { perSecond, processorUs };
}

/** Requests that are left half-way, in groups of 100: silent ones, begun ones, uploads. */
export async function abort({ port, host }: Door, count: number): Promise<void> {
  const heads = [
    `GET /hang HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    `GET /begun HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    `POST /hang HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 100000\r\n\r\nabc`,
  ];
  for (let done = 0; done < count; done += 100) {
    const sockets: Socket[] = [];
    await Promise.all(
      Array.from(
        { length: 100 },
        (_, index) =>
          new Promise<void>((resolve) => {
            const socket = connect({ host: '127.0.0.1', port });
            sockets.push(socket);
            socket.on('error', () => resolve());
            socket.write(heads[index % heads.length] ?? '', () => setTimeout(resolve, 15));
          }),
      ),
    );
    for (const socket of sockets) socket.destroy();
  }
}

/** Time that a process was given by the processors, user and system: clock ticks of 10 ms (proc(5)). */
const processorMs = (pid: number | undefined): number => {
  if (pid === undefined) return Number.NaN;
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

/** How many files and sockets a process has open, from `/proc`; 0 of none. */
export const openSockets = (pid: number | undefined): number =>
  pid === undefined ? 0 : readdirSync(`/proc/${pid}/fd`).length;

export const ask = <T>(port: number, path: string): Promise<T> =>
  new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent: false }, (answer) => {
      let text = '';
      answer.on('data', (part) => {
        text += part;
      });
      answer.on('end', () => resolve(JSON.parse(text) as T));
    }).on('error', reject);
  });
