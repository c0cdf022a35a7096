import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { startFaultRelay } from '../../testing/index.ts';
import { ask, at, closeAll, onClose, startProxy } from './testing/proxy.ts';

afterAll(closeAll);

const rounds = Number(process.env.GEARWAY_RACE_REQUESTS ?? 60);

/** A service that closes idle connections after `idleMs`, 120 ms away, and counts what it was asked. */
async function setup(idleMs: number) {
  const asked = new Map<string, number>();
  const server = createServer({ keepAliveTimeout: idleMs }, (request, response) => {
    asked.set(request.url ?? '', (asked.get(request.url ?? '') ?? 0) + 1);
    request.resume().on('end', () => response.end('done'));
  });
  // Node tells clients when it closes, which real servers seldom do.
  server.on('request', (_request, response) => response.removeHeader('keep-alive'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onClose(() => void server.close().closeAllConnections());
  const relay = await startFaultRelay({ ...at((server.address() as AddressInfo).port), delayMs: 120 });
  onClose(() => relay.stop());
  const { port, failures } = await startProxy([{ tunnel: at(relay.port) }]);
  return { port, asked, failures };
}

describe.concurrent('a service that closes its idle connections just as requests come', () => {
  it.each(['GET', 'HEAD', 'OPTIONS', 'DELETE', 'POST', 'PUT', 'PATCH', 'PURGE'])(
    'loses no %s',
    async (method) => {
      const idleMs = 300;
      const { port, asked, failures } = await setup(idleMs);
      let lost = 0;
      const lane = async (index: number) => {
        for (let round = 0; round < rounds / 20; round += 1) {
          const path = `/${index}-${round}`;
          const answer = await ask(port, { method, path, headers: { 'content-length': '0' } });
          if (answer.status !== 200) lost += 1;
          // The request leaves around the moment in which the service closes, 120 ms away in both directions.
          await pause(idleMs - 60 + ((index * 37 + round * 61) % 300));
        }
      };
      await Promise.all(Array.from({ length: 20 }, (_, index) => lane(index)));
      expect(lost).toBe(0);
      expect(failures).toEqual([]);
      if (!['GET', 'HEAD', 'OPTIONS'].includes(method))
        expect([...asked.values()].filter((count) => count !== 1)).toEqual([]);
    },
  );
});
