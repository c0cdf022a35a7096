import { Agent, get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { startHelper } from './helper.ts';
import type { OriginPort } from './http-origin.ts';
import { startGearway } from './proxy-peers.ts';

interface Failover {
  readonly requests: number;
  readonly failed: number;
  /** The longest that one request took, in ms: how long the address was gone. */
  readonly longestMs: number;
}

/** Idempotent requests at 200/s over two routes; after a second the service behind the first one is killed. */
export async function failover(): Promise<Failover> {
  const tunnel = await startHelper<OriginPort>('serve-http');
  const mapping = await startHelper<OriginPort>('serve-http');
  const proxy = await startGearway([
    {
      name: 'app',
      tunnel: `http://127.0.0.1:${tunnel.ready.port}`,
      public: `http://127.0.0.1:${mapping.ready.port}`,
    },
  ]);
  const agent = new Agent({ keepAlive: true });
  const headers = { host: `app.localhost:${proxy.port}` };
  let requests = 0;
  let failed = 0;
  let longestMs = 0;
  const one = () =>
    new Promise<void>((resolve) => {
      const start = performance.now();
      requests += 1;
      const end = (isFine: boolean) => {
        longestMs = Math.max(longestMs, performance.now() - start);
        if (!isFine) failed += 1;
        resolve();
      };
      get({ host: '127.0.0.1', port: proxy.port, path: '/', headers, agent }, (answer) => {
        answer.resume().on('end', () => end(answer.statusCode === 200));
        answer.on('error', () => end(false));
      }).on('error', () => end(false));
    });
  try {
    await pause(500);
    const running: Promise<void>[] = [];
    const start = performance.now();
    let killed = false;
    while (performance.now() - start < 3_000) {
      const due = Math.floor((performance.now() - start) / 5);
      while (running.length < due) running.push(one());
      if (!killed && performance.now() - start > 1_000) {
        killed = true;
        process.kill(tunnel.pid, 'SIGKILL');
      }
      await pause(2);
    }
    await Promise.all(running);
    return { requests, failed, longestMs };
  } finally {
    agent.destroy();
    await proxy.stop();
    await mapping.stop();
  }
}
