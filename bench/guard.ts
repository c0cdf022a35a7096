/// <reference path="../main/engine/base/python.d.ts" />

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import gateProgram from '../main/engine/gate/remote/gate.py?raw';
import { accepts, createCleanup, freePort, startNginx, until } from '../main/testing/index.ts';
import { median } from '../shared/comparison/median.ts';
import { gatePages } from '../shared/gate/index.ts';
import type { GateFile } from '../shared/model/gate.ts';
import { words } from '../shared/words/index.ts';
import { startHelper } from './helper.ts';
import type { OriginPort } from './http-origin.ts';
import { residentMib } from './resident.ts';
import type { Measurement, Series } from './run.ts';

const runs = Number(process.env.GEARWAY_BENCH_RUNS ?? 5);
const bulkBytes = Number(process.env.GEARWAY_BENCH_BYTES ?? 1024 ** 3);
/** So long are the streams and sockets held, in ms. */
const holdMs = Number(process.env.GEARWAY_BENCH_HOLD_MS ?? 60_000);

interface Door {
  readonly label: string;
  readonly port: number;
  readonly authorization: string;
}

/** The gate beside nginx with `auth_basic` and beside nothing, all in front of the same service. */
export const measure: Measurement = async ({ signal, say }) => {
  const cleanup = createCleanup();
  try {
    const origin = await startHelper<OriginPort>('serve-http');
    cleanup.later(() => origin.stop());
    const service = origin.ready.port;
    const gate = await startGate(service);
    cleanup.later(() => gate.stop());
    const doors: readonly Door[] = [
      { label: 'ungated', port: service, authorization: '' },
      await basicNginx(service, cleanup),
      { label: 'gate', port: gate.port, authorization: `Bearer ${gate.key}` },
    ];
    const speed = doors.map(({ label }): Series & { values: number[] } => ({
      label: `download, ${label}`,
      unit: 'MB/s',
      values: [],
      base: 'download, nginx auth_basic',
      ...(label === 'gate' ? { target: { of: 'ratio' as const, least: 0.5 } } : {}),
    }));
    const delay = doors.map(({ label }): Series & { values: number[] } => ({
      label: `answer p50, ${label}`,
      unit: 'ms',
      values: [],
      base: 'answer p50, ungated',
    }));
    for (let run = 0; run < runs && !signal.aborted; run += 1) {
      say(`run ${run + 1} of ${runs}`);
      for (const [index, door] of doors.entries()) {
        speed[index]?.values.push(await download(door));
        delay[index]?.values.push(await answerMs(door));
      }
    }
    const added: Series = {
      label: 'added by the gate, p50',
      unit: 'ms',
      values: (delay[2]?.values ?? []).map((value, run) => value - (delay[0]?.values[run] ?? 0)),
      base: 'added by the gate, p50',
      target: { of: 'value', most: 1 },
    };
    say(`holding 200 streams and 200 WebSockets for ${holdMs / 1_000} s`);
    const held: Series = {
      label: 'memory with 200 streams and 200 WebSockets',
      unit: 'MiB',
      values: [await hold(doors[2] as Door, gate.pid, signal)],
      base: 'memory with 200 streams and 200 WebSockets',
      target: { of: 'value', most: 150 },
    };
    return [...speed, ...delay, added, held];
  } finally {
    await cleanup.run();
  }
};

async function startGate(service: number) {
  const folder = await mkdtemp(join(tmpdir(), 'gw-bench-gate-'));
  const key = `gwk_${'b'.repeat(43)}`;
  const port = await freePort();
  const grants: GateFile['grants'] = [
    { id: 'k', kind: 'key', name: 'k', until: null, hash: createHash('sha256').update(key).digest('hex') },
  ];
  const page = gatePages({ en: words.en.gatePage, 'zh-CN': words['zh-CN'].gatePage }, { name: 'b', grants });
  const file: GateFile = {
    ...{ id: 'bench', name: 'b', port, addresses: ['127.0.0.1'], page, grants },
    service: { host: '127.0.0.1', port: service },
  };
  await writeFile(join(folder, 'gate.py'), gateProgram);
  await writeFile(join(folder, 'gate.json'), JSON.stringify(file), { mode: 0o600 });
  const child = spawn('python3', ['-I', '-u', join(folder, 'gate.py')], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  await until('the gate to listen', () => accepts('127.0.0.1', port));
  return {
    ...{ port, key, pid: child.pid ?? 0 },
    async stop() {
      child.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function basicNginx(service: number, cleanup: ReturnType<typeof createCleanup>): Promise<Door> {
  const folder = await mkdtemp(join(tmpdir(), 'gw-bench-basic-'));
  cleanup.later(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'users'), 'me:{PLAIN}secret\n');
  const nginx = await startNginx({
    server: `auth_basic "b"; auth_basic_user_file ${folder}/users;
      location / { proxy_pass http://127.0.0.1:${service}; proxy_http_version 1.1; proxy_buffering off; }`,
  });
  cleanup.later(() => nginx.stop());
  return { label: 'nginx auth_basic', port: nginx.port, authorization: `Basic ${btoa('me:secret')}` };
}

const headersOf = ({ authorization }: Door) => (authorization === '' ? {} : { authorization });

/** One stream, in MB/s. */
async function download(door: Door): Promise<number> {
  const start = performance.now();
  await new Promise<void>((resolve, reject) => {
    const path = `/bytes?n=${bulkBytes}`;
    get({ host: '127.0.0.1', port: door.port, path, headers: headersOf(door), agent: false }, (answer) => {
      let got = 0;
      answer.on('data', (part: Buffer) => {
        got += part.length;
      });
      answer.on('error', reject);
      answer.on('end', () => (got === bulkBytes ? resolve() : reject(new Error(`${got} bytes`))));
    }).on('error', reject);
  });
  return bulkBytes / 1_000 / (performance.now() - start);
}

/** The median time of 500 answers over one connection, in ms. */
async function answerMs(door: Door): Promise<number> {
  const socket = connect({ host: '127.0.0.1', port: door.port, noDelay: true });
  await once(socket, 'connect');
  const auth = door.authorization === '' ? '' : `Authorization: ${door.authorization}\r\n`;
  const question = `GET / HTTP/1.1\r\nHost: b\r\n${auth}\r\n`;
  const times: number[] = [];
  for (let index = 0; index < 500; index += 1) {
    const start = performance.now();
    let text = '';
    socket.write(question);
    while (!text.includes('hello')) text += String((await once(socket, 'data'))[0]);
    times.push(performance.now() - start);
  }
  socket.destroy();
  return median(times.slice(50)) ?? Number.NaN;
}

/** The most memory that the gate takes meanwhile, in MiB. */
async function hold(door: Door, pid: number, signal: AbortSignal): Promise<number> {
  const streams = Array.from({ length: 200 }, () =>
    get(
      {
        ...{ host: '127.0.0.1', port: door.port, path: '/tokens?n=1000000', agent: false },
        headers: headersOf(door),
      },
      (answer) => answer.resume(),
    ).on('error', () => {}),
  );
  const sockets = Array.from({ length: 200 }, () => {
    const socket = new WebSocket(`ws://127.0.0.1:${door.port}/`, { headers: headersOf(door) });
    socket.on('error', () => {});
    return socket;
  });
  await until('all sockets', () => sockets.every(({ readyState }) => readyState === WebSocket.OPEN));
  let most = 0;
  const end = performance.now() + holdMs;
  while (performance.now() < end && !signal.aborted) {
    most = Math.max(most, residentMib(pid));
    await pause(250);
  }
  for (const stream of streams) stream.destroy();
  for (const socket of sockets) socket.terminate();
  return most;
}
