import { createCleanup, startSshServer } from '../main/testing/index.ts';
import type { BytePorts } from './byte-server.ts';
import { startHelper } from './helper.ts';
import type { Measurement, Series } from './run.ts';
import { download, manyConnections, roundTrips, stalledReaders, upload } from './tunnel-loads.ts';
import { direct, gearway, openSsh, type Peer } from './tunnel-peers.ts';
import { windowUnderLoad } from './tunnel-window.ts';

const runs = Number(process.env.GEARWAY_BENCH_RUNS ?? 5);
/** `GEARWAY_BENCH_ROWS=download,upload` takes only some of the rows. */
const only = (process.env.GEARWAY_BENCH_ROWS ?? '').split(',');
const bulkBytes = 256 * 1024 * 1024;

/**
 * Tunnels to one OpenSSH server: the built `gearway tunnel` in Electron's Node and `ssh -L` with its defaults, in turns,
 * so that whatever else the machine does falls on both. What is direct shows what the machine can do.
 */
export const measure: Measurement = async ({ signal, say }) => {
  const cleanup = createCleanup();
  try {
    const bytes = cleanup.add(await startHelper<BytePorts>('serve-bytes'));
    const server = cleanup.add(await startSshServer());
    const way = [server, server.port, bytes.ready] as const;
    const peers: readonly Peer[] = [
      cleanup.add(await openSsh(...way)),
      cleanup.add(await gearway(...way)),
      direct(bytes.ready),
    ];
    const table = new Map<string, number[]>();
    const series: Series[] = [];
    const note = (what: string, unit: string, peer: Peer, value: number) => {
      const label = `${what}, ${peer.label}`;
      let values = table.get(label);
      if (values === undefined) {
        values = [];
        table.set(label, values);
        const target = peer.label === 'Gearway' ? targets[what] : undefined;
        series.push({ label, unit, values, base: `${what}, OpenSSH`, target });
      }
      values.push(value);
    };
    for (const [what, load] of loads) {
      if (!only.some((part) => what.includes(part))) continue;
      for (let run = 0; run < runs; run += 1) {
        for (const peer of peers) {
          signal.throwIfAborted();
          for (const [name, unit, value] of await load(peer)) note(name, unit, peer, value);
        }
      }
      say(what);
    }
    if (only.some((part) => 'the window under load'.includes(part))) {
      const { source } = bytes.ready;
      series.push(...(await windowUnderLoad({ server, source, runs: Math.min(runs, 3), signal })));
      say('the window under load');
    }
    return series;
  } finally {
    await cleanup.run();
  }
};

const targets: Readonly<Record<string, Series['target']>> = {
  'round trip p50, 1 connections': { of: 'ratio', most: 1.1 },
  'round trip p99, 1 connections': { of: 'ratio', most: 1.1 },
  'round trip p50, 50 connections': { of: 'ratio', most: 1.1 },
  'round trip p99, 50 connections': { of: 'ratio', most: 1.1 },
  download: { of: 'ratio', least: 0.8 },
  upload: { of: 'ratio', least: 0.8 },
  '1,000 connections': { of: 'ratio', most: 1.5 },
  'memory of each': { of: 'value', most: 64 },
  'failed of 1,000': { of: 'value', most: 0 },
  '20 stalled readers': { of: 'value', most: 80 },
};

type Values = readonly (readonly [string, string, number])[];

/** The rows of the table that a tunnel is judged by; bulk comes last, since it leaves buffers behind. */
const loads: readonly (readonly [string, (peer: Peer) => Promise<Values>])[] = [
  ['round trips, 1', async ({ ports }) => trips(1, await roundTrips(ports.echo, 1, 2_000))],
  ['round trips, 50', async ({ ports }) => trips(50, await roundTrips(ports.echo, 50, 100))],
  [
    '1,000 connections',
    async ({ ports, pid }) => {
      const { ms, kibEach, failed } = await manyConnections(ports.echo, 1_000, pid);
      return [
        ['1,000 connections', 'ms', ms],
        ['memory of each', 'KiB', kibEach],
        ['failed of 1,000', '', failed],
      ];
    },
  ],
  [
    '20 stalled readers',
    async ({ ports, pid }) => [['20 stalled readers', 'MiB', await stalledReaders(ports.source, 20, pid)]],
  ],
  ['download', async ({ ports }) => [['download', 'MB/s', await download(ports.source, bulkBytes)]]],
  ['upload', async ({ ports }) => [['upload', 'MB/s', await upload(ports.sink, bulkBytes)]]],
];

const trips = (count: number, { p50, p99 }: { readonly p50: number; readonly p99: number }): Values => [
  [`round trip p50, ${count} connections`, 'µs', p50],
  [`round trip p99, ${count} connections`, 'µs', p99],
];
