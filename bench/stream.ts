import { get } from 'node:http';
import { createCleanup } from '../main/testing/index.ts';
import {
  gearwayPeer,
  nginxPeer,
  type ProxyPeer,
  plainHttpProxy,
  startOrigins,
  straight,
} from './proxy-peers.ts';
import type { Measurement, Series } from './run.ts';

const runs = Number(process.env.GEARWAY_BENCH_RUNS ?? 5);
/** Tokens of one answer, one each 10 ms, and answers at one time. */
const tokens = 150;
const streams = 8;

/** Token streams through the proxies, in turns: how late each token comes, and whether two ever come as one. */
export const measure: Measurement = async ({ signal, say }) => {
  const cleanup = createCleanup();
  try {
    const origins = cleanup.add(await startOrigins());
    const peers = [
      straight(origins),
      cleanup.add(await nginxPeer(origins)),
      cleanup.add(await plainHttpProxy(origins)),
      cleanup.add(await gearwayPeer(origins)),
    ];
    const taken = peers.map((peer) => ({
      peer,
      p50: [] as number[],
      p99: [] as number[],
      joined: [] as number[],
    }));
    for (let run = 0; run < runs; run += 1) {
      for (const one of taken) {
        signal.throwIfAborted();
        const all = await Promise.all(Array.from({ length: streams }, () => read(one.peer)));
        const delays = all.flatMap(({ delaysMs }) => delaysMs).sort((a, b) => a - b);
        one.p50.push(at(delays, 0.5));
        one.p99.push(at(delays, 0.99));
        one.joined.push(all.reduce((sum, { joined }) => sum + joined, 0));
      }
      say(`run ${run + 1} of ${runs}`);
    }
    const [direct] = taken;
    return taken.flatMap(({ peer, p50, p99, joined }): readonly Series[] => {
      const ours = peer.label === 'Gearway';
      const added = p99.map((ms, run) => ms - (direct?.p99[run] ?? Number.NaN));
      return [
        { label: `delay p50, ${peer.label}`, unit: 'ms', values: p50, base: 'delay p50, straight' },
        { label: `delay p99, ${peer.label}`, unit: 'ms', values: p99, base: 'delay p99, straight' },
        {
          ...{ label: `added p99, ${peer.label}`, unit: 'ms', values: added, base: 'added p99, nginx' },
          target: ours ? { of: 'value', most: 2 } : undefined,
        },
        {
          ...{
            label: `joined tokens, ${peer.label}`,
            unit: '',
            values: joined,
            base: 'joined tokens, nginx',
          },
          target: ours ? { of: 'value', most: 0 } : undefined,
        },
      ];
    });
  } finally {
    await cleanup.run();
  }
};

const at = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

/** One stream: the time between the moment a token left and the moment it came, from the machine's one clock. */
const read = ({
  app,
}: ProxyPeer): Promise<{ readonly delaysMs: readonly number[]; readonly joined: number }> =>
  new Promise((resolve, reject) => {
    const asked = get({
      ...{ host: '127.0.0.1', port: app.port, path: `/tokens?n=${tokens}`, agent: false },
      headers: { host: app.host },
    });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      const delaysMs: number[] = [];
      let joined = 0;
      answer.on('data', (part: Buffer) => {
        const now = process.hrtime.bigint();
        const sent = [...part.toString().matchAll(/data: (\d+)\n\n/g)];
        joined += Math.max(0, sent.length - 1);
        for (const [, time = '0'] of sent) delaysMs.push(Number(now - BigInt(time)) / 1e6);
      });
      answer.on('error', reject);
      answer.on('end', () => resolve({ delaysMs, joined }));
    });
  });
