import { createCleanup, startSshServer } from '../main/testing/index.ts';
import type { BytePorts } from './byte-server.ts';
import { startHelper } from './helper.ts';
import type { Measurement } from './run.ts';
import { download, upload } from './tunnel-loads.ts';
import { gearway, openSsh } from './tunnel-peers.ts';

const runs = Number(process.env.GEARWAY_BENCH_RUNS ?? 3);
const oneWayMs = 50;

/** One stream over a path of 100 ms there and back: a relay holds every byte back on its way to the SSH server. */
export const measure: Measurement = async ({ signal, say }) => {
  const cleanup = createCleanup();
  try {
    const bytes = cleanup.add(await startHelper<BytePorts>('serve-bytes'));
    const server = cleanup.add(await startSshServer());
    const relay = cleanup.add(
      await startHelper<{ readonly port: number }>('serve-relay', String(server.port), String(oneWayMs)),
    );
    const way = [server, relay.ready.port, bytes.ready] as const;
    const peers = [cleanup.add(await openSsh(...way)), cleanup.add(await gearway(...way))];
    const series = peers.flatMap(({ label }) =>
      ['download', 'upload'].map((what) => ({
        label: `${what} at 100 ms, ${label}`,
        unit: 'MB/s',
        values: [] as number[],
        base: `${what} at 100 ms, OpenSSH`,
        target: label === 'Gearway' && what === 'download' ? ({ of: 'ratio', least: 5 } as const) : undefined,
      })),
    );
    for (let run = 1; run <= runs; run += 1) {
      for (const [index, { label, ports }] of peers.entries()) {
        signal.throwIfAborted();
        // OpenSSH needs seconds for what fills its window fifty times.
        const megabytes = label === 'Gearway' ? 300 : 60;
        series[index * 2]?.values.push(await download(ports.source, megabytes * 1e6));
        series[index * 2 + 1]?.values.push(await upload(ports.sink, 60e6));
        say(`run ${run} of ${runs}: ${label}`);
      }
    }
    return series;
  } finally {
    await cleanup.run();
  }
};
