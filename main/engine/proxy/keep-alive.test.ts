import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { startFaultRelay } from '../../testing/index.ts';
import { ask, at, closeAll, onClose, startProxy, tcpOrigin } from './testing/proxy.ts';

afterAll(closeAll);

/** For each method. `GEARWAY_RACE_REQUESTS=1000` takes minutes. */
const requests = Number(process.env.GEARWAY_RACE_REQUESTS ?? 60);
const lanes = 20;
const oneWayMs = 120;
const idleMs = 400;

/** A service that closes idle connections without a word, 120 ms away, and counts what it was asked. */
async function setup() {
  const asked = new Map<string, number>();
  const service = await tcpOrigin((socket) => {
    const idle = () => socket.end();
    let timer = setTimeout(idle, 5_000);
    socket.on('close', () => clearTimeout(timer));
    socket.on('data', (part) => {
      clearTimeout(timer);
      // As real servers do, it answers nothing that comes after it closed.
      if (socket.writableEnded) return;
      const path = part.toString('latin1').split(' ')[1] ?? '';
      asked.set(path, (asked.get(path) ?? 0) + 1);
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      timer = setTimeout(idle, idleMs);
    });
  });
  const relay = await startFaultRelay({ ...at(service.port), delayMs: oneWayMs });
  onClose(() => relay.stop());
  const { port, failures } = await startProxy([{ tunnel: at(relay.port) }]);
  return { port, asked, failures, relay };
}

describe.concurrent('a service that closes its idle connections just as requests come', () => {
  it.each(['GET', 'HEAD', 'OPTIONS', 'DELETE', 'POST', 'PUT', 'PATCH', 'PURGE'])(
    'loses no %s',
    async (method) => {
      const { port, asked, failures } = await setup();
      let lost = 0;
      const rounds = Math.ceil(requests / lanes);
      const lane = async (index: number) => {
        for (let round = 0; round < rounds; round += 1) {
          const path = `/${index}-${round}`;
          const answer = await ask(port, { method, path, headers: { 'content-length': '0' } });
          if (answer.status !== 200) lost += 1;
          // It leaves while the service's end is on its way, or just before.
          await pause(idleMs - 2 * oneWayMs - 20 + ((index * 13 + round * 7) % (2 * oneWayMs + 40)));
        }
      };
      await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)));
      expect(lost).toBe(0);
      expect(failures).toEqual([]);
      if (!['GET', 'HEAD', 'OPTIONS'].includes(method))
        expect([...asked.values()].filter((count) => count !== 1)).toEqual([]);
    },
  );
});
