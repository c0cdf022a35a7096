import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { ask, at, closeAll, onClose, origin, startProxy } from './testing/proxy.ts';

afterEach(closeAll);

/**
 * A port that takes no connection and refuses none: a process that listens and never accepts, its queue full, so that
 * the system drops what else asks (Linux).
 */
async function blackHole(): Promise<number> {
  const child = spawn(process.execPath, [
    '-e',
    `const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       require('node:fs').writeSync(1, String(server.address().port));
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
     });`,
  ]);
  onClose(() => child.kill('SIGKILL'));
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(String(text));
  for (let count = 0; count < 3; count += 1) {
    const filler = connect(at(port)).on('error', () => {});
    onClose(() => filler.destroy());
  }
  // The last of them finds the queue full: its connection never stands.
  await pause(100);
  return port;
}

describe.runIf(process.platform === 'linux')('a route that is silent instead of refusing', () => {
  it('fails no request of 200 in a second, and is passed by after the first waited in vain', async () => {
    const hole = await blackHole();
    const mapping = await origin((_, response) => response.end('by the mapping'));
    const { port, proxy } = await startProxy([
      { tunnel: at(hole), public: `http://127.0.0.1:${mapping.port}` },
    ]);
    const start = performance.now();
    const running: Promise<string>[] = [];
    while (performance.now() - start < 2_000) {
      const due = Math.floor((performance.now() - start) / 5);
      while (running.length < due) running.push(ask(port).then(({ body }) => body));
      await pause(2);
    }
    expect(new Set(await Promise.all(running))).toEqual(new Set(['by the mapping']));
    expect(running.length).toBeGreaterThan(300);
    await ask(port, { path: '/afterwards' });
    expect(proxy.inspector.list({ text: '/afterwards' }).exchanges[0]).toMatchObject({
      route: 'public',
      sentAgain: false,
    });
  });
});
