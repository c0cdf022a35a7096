import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanup, runGearway, startNginx } from '../../testing/index.ts';
import { answerCases } from './testing/answers.ts';
import { closeAll, tcpOrigin } from './testing/proxy.ts';

const cleanup = createCleanup();
afterAll(async () => {
  await cleanup.run();
  await closeAll();
});

/** One service that gives the answer whose number is asked for. */
const startService = () =>
  tcpOrigin((socket) => {
    socket.on('data', (part) => {
      const asked = answerCases[Number(/^[A-Z]+ \/(\d+) /.exec(part.toString('latin1'))?.[1])];
      if (asked === undefined) return;
      socket.write(Buffer.from(asked.answer, 'latin1'));
      if (asked.ends === true) socket.end();
    });
  });

interface Heard {
  readonly status: number;
  readonly body: string;
  /** Curl's own word: 0 where it took the answer for whole. */
  readonly exit: number;
}

const curl = (port: number, host: string, path: string, method: string) =>
  new Promise<Heard>((resolve) => {
    const words = ['-s', '--max-time', '5', '--path-as-is', '-w', '\n%{http_code}', '-X', method];
    const to = ['-H', `Host: ${host}`, `http://127.0.0.1:${port}${path}`];
    const options = { encoding: 'latin1', maxBuffer: 1e7 } as const;
    execFile('curl', [...words, ...(method === 'POST' ? ['-d', 'up'] : []), ...to], options, (error, out) => {
      const end = out.lastIndexOf('\n');
      const exit = error === null ? 0 : Number(error.code ?? -1);
      resolve({ status: Number(out.slice(end + 1)), body: out.slice(0, end), exit });
    });
  });

const setup: { service: number; nginx: number; gearway: number; command?: ReturnType<typeof runGearway> } = {
  service: 0,
  nginx: 0,
  gearway: 0,
};

beforeAll(async () => {
  const service = await startService();
  const nginx = cleanup.add(
    await startNginx({
      server: `location / { proxy_pass http://127.0.0.1:${service.port}; proxy_http_version 1.1; proxy_set_header Connection ''; proxy_buffering off; proxy_next_upstream off; }`,
    }),
  );
  const folder = await mkdtemp(join(tmpdir(), 'gw-answers-'));
  cleanup.add({ stop: () => rm(folder, { recursive: true, force: true }) });
  const file = join(folder, 'proxy.json');
  const services = [{ name: 'web', route: 'tunnel', tunnel: `http://127.0.0.1:${service.port}` }];
  await writeFile(file, JSON.stringify({ services }));
  const command = cleanup.add(runGearway(['proxy', '--config', file, '--json']));
  const ready = await command.line('the first line', ({ event }) => event === 'ready');
  Object.assign(setup, { service: service.port, nginx: nginx.port, gearway: Number(ready.port), command });
});

/** They wait for programs more than they work. */
describe.concurrent('the same answers beside curl alone and nginx', () => {
  it.each(answerCases.map((one, index) => ({ ...one, index })))(
    '$name: taken where both take it, with the same status and body',
    async ({ index, outcome, peers, isGuesswork }) => {
      const ways = async (method: string) =>
        Promise.all([
          curl(setup.service, 'web', `/${index}`, method),
          curl(setup.nginx, 'web', `/${index}`, method),
          curl(setup.gearway, `web.localhost:${setup.gearway}`, `/${index}`, method),
        ]);
      for (const method of ['GET', 'POST']) {
        const [straight, nginx, gearway] = await ways(method);
        const both = straight.exit === 0 && nginx.exit === 0 && nginx.status === straight.status;
        if (outcome === 'refused') {
          expect(gearway.status).toBe(502);
          // Never refused where both of them carry it.
          if (isGuesswork === undefined) expect(both).toBe(false);
        } else if (outcome === 'passes') {
          expect(gearway).toMatchObject({ exit: 0, status: straight.status || gearway.status });
          if (straight.exit === 0) expect(gearway.body).toBe(straight.body);
          if (peers === undefined) expect([straight.exit, nginx.exit]).toContain(0);
        } else {
          expect(gearway.status).toBe(straight.status);
          expect(gearway.exit).not.toBe(0);
        }
      }
    },
  );
});

describe('after all of them', () => {
  it('the process still has its id, serves, and had nothing to complain of', async () => {
    expect(setup.command?.child.hasExited()).toBe(false);
    expect(await curl(setup.gearway, `web.localhost:${setup.gearway}`, '/0', 'GET')).toMatchObject({
      status: 200,
      body: 'hello',
    });
    expect(setup.command?.notes()).toBe('');
  });
});
