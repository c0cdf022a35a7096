import { connect, type Socket } from 'node:net';
import { createHistogram } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { residentMib } from './resident.ts';

const mebibyte = 1024 * 1024;

/** Reads `bytes` of the source; MB (10⁶) per second from the first byte on. Reading costs as little as it can. */
export function download(port: number, bytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let started = 0;
    let got = 0;
    const socket = connect({
      host: '127.0.0.1',
      port,
      onread: {
        buffer: Buffer.allocUnsafe(mebibyte),
        callback(count) {
          if (started === 0) started = performance.now();
          got += count;
          if (got < bytes) return true;
          socket.destroy();
          resolve(got / 1e3 / (performance.now() - started));
          return false;
        },
      },
    });
    socket.on('error', reject).on('close', () => reject(new Error('The download was cut')));
  });
}

/** Sends `bytes` to the sink; MB per second until the sink has said that it has all. */
export function upload(port: number, bytes: number): Promise<number> {
  const chunk = Buffer.alloc(mebibyte, 'gearway ');
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true, allowHalfOpen: true });
    let sent = 0;
    let started = 0;
    const fill = () => {
      while (sent < bytes) {
        sent += chunk.length;
        if (!socket.write(chunk)) return;
      }
      socket.off('drain', fill);
      socket.end();
    };
    socket.once('connect', () => {
      started = performance.now();
      socket.on('drain', fill);
      fill();
    });
    socket.on('data', () => {
      socket.destroy();
      resolve(sent / 1e3 / (performance.now() - started));
    });
    socket.on('error', reject).on('close', () => reject(new Error('The upload was cut')));
  });
}

/** `rounds` echoes of 64 bytes on each of `count` connections at once; µs. */
export async function roundTrips(
  port: number,
  count: number,
  rounds: number,
): Promise<{ readonly p50: number; readonly p99: number }> {
  const times = createHistogram();
  const sockets = await Promise.all(Array.from({ length: count }, () => open(port)));
  await Promise.all(
    sockets.map(async (socket) => {
      for (let round = 0; round < rounds; round += 1) {
        const started = performance.now();
        await echo(socket);
        times.record(Math.max(1, Math.round((performance.now() - started) * 1e3)));
      }
      socket.destroy();
    }),
  );
  return { p50: times.percentile(50), p99: times.percentile(99) };
}

/** Opens `count` connections, 50 at a time, uses each once and keeps all; ms, and KiB that the carrier holds for each. */
export async function manyConnections(
  port: number,
  count: number,
  pid: number | undefined,
): Promise<{ readonly ms: number; readonly kibEach: number; readonly failed: number }> {
  const before = residentMib(pid);
  const sockets: Socket[] = [];
  let failed = 0;
  let left = count;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: 50 }, async () => {
      while (left > 0) {
        left -= 1;
        try {
          const socket = await open(port);
          sockets.push(socket);
          await echo(socket);
        } catch {
          failed += 1;
        }
      }
    }),
  );
  const ms = performance.now() - started;
  const kibEach = ((residentMib(pid) - before) * 1024) / count;
  for (const socket of sockets) socket.destroy();
  return { ms, kibEach, failed };
}

/** MiB that the carrier holds more while `count` readers read nothing. */
export async function stalledReaders(port: number, count: number, pid: number | undefined): Promise<number> {
  const before = residentMib(pid);
  const sockets = await Promise.all(Array.from({ length: count }, () => open(port)));
  for (const socket of sockets) socket.pause();
  let most = 0;
  for (let turn = 0; turn < 20; turn += 1) {
    await pause(200);
    most = Math.max(most, residentMib(pid) - before);
  }
  for (const socket of sockets) socket.destroy();
  return most;
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    socket.once('connect', () => resolve(socket)).on('error', reject);
  });
}

const question = Buffer.alloc(64, 'q');

function echo(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let got = 0;
    const cut = () => reject(new Error('The connection was cut'));
    const take = (chunk: Buffer) => {
      got += chunk.length;
      if (got < question.length) return;
      socket.off('data', take).off('close', cut);
      resolve();
    };
    socket.on('data', take).once('close', cut);
    socket.write(question);
  });
}
