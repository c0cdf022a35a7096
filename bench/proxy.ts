import { setTimeout as pause } from 'node:timers/promises';
import { createCleanup, until } from '../main/testing/index.ts';
import type { OriginState } from './http-origin.ts';
import { failover } from './proxy-failover.ts';
import {
  abort,
  ask,
  download,
  echoes,
  latency,
  openSockets,
  requestsPerSecond,
  upload,
} from './proxy-loads.ts';
import {
  gearwayPeer,
  nginxPeer,
  type ProxyPeer,
  plainHttpProxy,
  startOrigins,
  straight,
} from './proxy-peers.ts';
import { residentMib } from './resident.ts';
import type { Measurement, Series } from './run.ts';

const runs = Number(process.env.GEARWAY_BENCH_RUNS ?? 3);
/** `GEARWAY_BENCH_ROWS=download,upload` takes only some of the rows. */
const only = (process.env.GEARWAY_BENCH_ROWS ?? '').split(',');
const bulkBytes = Number(process.env.GEARWAY_BENCH_BYTES ?? 1024 ** 3);

type Values = readonly (readonly [what: string, unit: string, value: number])[];

/**
 * The bundled proxy beside nginx and plain http-proxy, all in front of the same services and in turns, so that whatever
 * else the machine does falls on all of them. What goes straight shows what the machine can do.
 */
export const measure: Measurement = async ({ signal, say }) => {
  const cleanup = createCleanup();
  try {
    const origins = cleanup.add(await startOrigins());
    const peers: readonly ProxyPeer[] = [
      straight(origins),
      cleanup.add(await nginxPeer(origins)),
      cleanup.add(await plainHttpProxy(origins)),
      cleanup.add(await gearwayPeer(origins)),
    ];
    const series: Series[] = [];
    const table = new Map<string, number[]>();
    const note = (what: string, unit: string, who: string, value: number) => {
      const label = `${what}, ${who}`;
      let values = table.get(label);
      if (values === undefined) {
        values = [];
        table.set(label, values);
        const promise = who === 'Gearway' ? promises[what] : undefined;
        series.push({
          ...{ label, unit, values },
          base: `${what}, ${promise?.beside ?? 'nginx'}`,
          target: promise?.target,
        });
      }
      values.push(value);
    };
    const isWanted = (what: string) => only.some((part) => what.includes(part));
    for (const [what, load] of loads) {
      if (!isWanted(what)) continue;
      for (let run = 0; run < runs; run += 1) {
        for (const peer of peers) {
          signal.throwIfAborted();
          for (const [name, unit, value] of await load(peer)) note(name, unit, peer.label, value);
        }
      }
      say(what);
    }
    if (isWanted('added latency')) {
      const of = (who: string) => table.get(`latency p50, ${who}`) ?? [];
      for (const { label } of peers.slice(1))
        for (const [run, ms] of of(label).entries())
          note('added latency p50', 'ms', label, ms - (of('straight')[run] ?? Number.NaN));
    }
    if (isWanted('aborted'))
      for (const peer of peers.slice(1)) {
        for (const [what, unit, value] of await afterAborts(peer, origins.app))
          note(what, unit, peer.label, value);
        say(`aborted, ${peer.label}`);
      }
    for (let run = 0; isWanted('route lost') && run < runs; run += 1) {
      const { failed, longestMs } = await failover();
      note('route lost, failed', '', 'Gearway', failed);
      note('route lost, longest', 'ms', 'Gearway', longestMs);
    }
    return series;
  } finally {
    await cleanup.run();
  }
};

const promises: Readonly<Record<string, { readonly beside?: string; readonly target: Series['target'] }>> = {
  'requests/s': { beside: 'http-proxy', target: { of: 'ratio', least: 2 } },
  'added latency p50': { target: { of: 'value', most: 0.15 } },
  download: { target: { of: 'ratio', least: 0.5 } },
  upload: { target: { of: 'ratio', least: 0.5 } },
  'memory of a download': { target: { of: 'value', most: 64 } },
  'memory of an upload': { target: { of: 'value', most: 64 } },
  'WebSocket echoes/s': { beside: 'straight', target: { of: 'ratio', least: 0.7 } },
  'aborted, requests left': { target: { of: 'value', most: 0 } },
  'aborted, sockets left': { target: { of: 'value', most: 2 } },
  'aborted, memory': { target: { of: 'value', most: 64 } },
  'route lost, failed': { beside: 'Gearway', target: { of: 'value', most: 0 } },
  'route lost, longest': { beside: 'Gearway', target: { of: 'value', most: 1_000 } },
};

const loads: readonly (readonly [string, (peer: ProxyPeer) => Promise<Values>])[] = [
  ['requests/s', async ({ small }) => [['requests/s', '', await requestsPerSecond(small)]]],
  ['added latency', async ({ small }) => [['latency p50', 'ms', await latency(small, 2_000)]]],
  [
    'WebSocket',
    async ({ app, pid }) => {
      const { perSecond, processorUs } = await echoes(app, 2_000, pid);
      const rate = ['WebSocket echoes/s', '', perSecond] as const;
      return pid === undefined ? [rate] : [rate, ['processor time of an echo', 'µs', processorUs]];
    },
  ],
  [
    'download',
    async ({ app, pid }) => {
      const { mbPerSecond, grewMib } = await download(app, bulkBytes, pid);
      return [
        ['download', 'MB/s', mbPerSecond],
        ['memory of a download', 'MiB', grewMib],
      ];
    },
  ],
  [
    'upload',
    async ({ app, pid }) => {
      const { mbPerSecond, grewMib } = await upload(app, bulkBytes, pid);
      return [
        ['upload', 'MB/s', mbPerSecond],
        ['memory of an upload', 'MiB', grewMib],
      ];
    },
  ],
];

/** What is left of 10,000 requests that their clients left. A first thousand fills what is kept on purpose. */
async function afterAborts(peer: ProxyPeer, originPort: number): Promise<Values> {
  await abort(peer.app, 1_000);
  await pause(500);
  const [sockets, memory] = [openSockets(peer.pid), residentMib(peer.pid)];
  await abort(peer.app, 10_000);
  let [left, held] = [Number.NaN, Number.NaN];
  await until(
    'everything to be let go',
    async () => {
      left = (await ask<OriginState>(originPort, '/open')).requests;
      held = Math.max(0, openSockets(peer.pid) - sockets);
      return left === 0 && held === 0;
    },
    { deadlineMs: 5_000 },
  ).catch(() => {});
  return [
    ['aborted, requests left', '', left],
    ['aborted, sockets left', '', held],
    ['aborted, memory', 'MiB', residentMib(peer.pid) - memory],
  ];
}
