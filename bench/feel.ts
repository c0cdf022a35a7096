import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createCleanup, startSshServer } from '../main/testing/index.ts';
import type { BytePorts } from './byte-server.ts';
import { startHelper } from './helper.ts';
import type { Measurement, Series } from './run.ts';
import { gearway, openSsh, type Peer } from './tunnel-peers.ts';

const runs = Number(process.env.GEARWAY_BENCH_RUNS ?? 5);
/** A path of 100 Mbit/s and 40 ms there and back, with 1 MB of queue before its narrow place. */
const oneWayMs = 20;
const rate = 12.5e6;
const queueBytes = 1e6;
const beginMs = 2_000;
const lengthMs = 8_000;
const everyMs = 40;

interface Felt {
  readonly p50: number;
  readonly p99: number;
  /** Of what the path carries, in percent. */
  readonly carried: number;
}

/** How 64 bytes feel beside a download and an upload that fill the path, through one connection. */
export const measure: Measurement = async ({ signal, say }) => {
  const cleanup = createCleanup();
  try {
    const bytes = cleanup.add(await startHelper<BytePorts>('serve-bytes'));
    const server = cleanup.add(await startSshServer());
    const words = [server.port, oneWayMs, rate, queueBytes].map(String);
    const relay = cleanup.add(await startHelper<{ readonly port: number }>('serve-relay', ...words));
    const way = [server, relay.ready.port, bytes.ready] as const;
    const peers = [cleanup.add(await openSsh(...way)), cleanup.add(await gearway(...way))];
    const loads = ['alone', 'download', 'upload'] as const;
    const taken = new Map<string, number[]>();
    const add = (label: string, value: number) => taken.set(label, [...(taken.get(label) ?? []), value]);
    for (let run = 1; run <= runs; run += 1) {
      for (const peer of peers) {
        const alone: Partial<Felt> = await feel(peer, 'alone');
        for (const load of loads) {
          signal.throwIfAborted();
          const felt = load === 'alone' ? (alone as Felt) : await feel(peer, load);
          add(`${load} p50, ${peer.label}`, felt.p50);
          add(`${load} p99, ${peer.label}`, felt.p99);
          if (load === 'alone') continue;
          add(`${load} p50 against alone, ${peer.label}`, felt.p50 / (alone.p50 ?? Number.NaN));
          add(`${load} p99 against alone, ${peer.label}`, felt.p99 / (alone.p99 ?? Number.NaN));
          add(`${load} carried, ${peer.label}`, felt.carried);
        }
        say(`run ${run} of ${runs}: ${peer.label}`);
      }
    }
    return [...taken].map(([label, values]): Series => {
      const isOurs = label.endsWith('Gearway');
      const base = label.replace('Gearway', 'OpenSSH');
      const unit = label.includes('carried') ? '%' : label.includes('against') ? '×' : 'ms';
      return { label, unit, values, base, target: isOurs ? targetOf(label) : undefined };
    });
  } finally {
    await cleanup.run();
  }
};

function targetOf(label: string): Series['target'] {
  if (label.startsWith('download p50,')) return { of: 'value', most: 60 };
  if (label.startsWith('download p99 against')) return { of: 'value', most: 1.5 };
  if (label.startsWith('download carried')) return { of: 'value', least: 90 };
  if (label.startsWith('upload p50 against')) return { of: 'value', most: 2 };
  return undefined;
}

async function feel({ ports }: Peer, load: 'alone' | 'download' | 'upload'): Promise<Felt> {
  const bulk = load === 'alone' ? undefined : fill(load === 'download' ? ports.source : ports.sink, load);
  const echo = connect({ host: '127.0.0.1', port: ports.echo, noDelay: true });
  await once(echo, 'connect');
  try {
    await pause(load === 'alone' ? 500 : beginMs);
    const before = bulk?.bytes() ?? 0;
    const began = performance.now();
    const times: number[] = [];
    while (performance.now() - began < (load === 'alone' ? lengthMs / 2 : lengthMs)) {
      times.push(await roundTrip(echo));
      await pause(everyMs);
    }
    const carried = ((bulk?.bytes() ?? 0) - before) / ((performance.now() - began) / 1_000) / rate;
    times.sort((a, b) => a - b);
    return { p50: at(times, 0.5), p99: at(times, 0.99), carried: carried * 100 };
  } finally {
    echo.destroy();
    bulk?.stop();
    // What is still under way belongs to this one.
    await pause(1_500);
  }
}

const at = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

const word = Buffer.alloc(64, 'x');
function roundTrip(echo: Socket): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    let left = word.length;
    const take = (chunk: Buffer) => {
      left -= chunk.length;
      if (left > 0) return;
      echo.off('data', take).off('error', reject);
      resolve(performance.now() - began);
    };
    echo.on('data', take).on('error', reject);
    echo.write(word);
  });
}

/** Reads or writes without end; what is counted of an upload is what the peer took. */
function fill(port: number, load: 'download' | 'upload') {
  const socket = connect(port, '127.0.0.1');
  let bytes = 0;
  socket.on('error', () => {});
  if (load === 'download') {
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
  } else {
    const chunk = Buffer.alloc(64 * 1024);
    const more = () => {
      while (!socket.destroyed && socket.write(chunk)) bytes += chunk.length;
      bytes += chunk.length;
    };
    socket.on('connect', more).on('drain', more);
  }
  return { bytes: () => bytes, stop: () => socket.destroy() };
}
