import { once } from 'node:events';
import { get } from 'node:http';
import { type AddressInfo, createServer, Server } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { emptyMemory } from '../../../shared/model/memory.ts';
import { createCleanup, until } from '../../testing/index.ts';
import { systemClock } from '../base/effects.ts';
import { makeEngine } from '../testing/make-engine.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

it('says which port local addresses had, where another program holds it', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  cleanup.later(() => void other.close());
  await once(other, 'listening');
  const taken = (other.address() as AddressInfo).port;
  const engine = makeEngine(cleanup, { memory: { ...emptyMemory(), proxyPort: taken } });
  await engine.start();
  const { proxy } = engine.snapshot().state;
  expect(proxy).toMatchObject({ kind: 'listening', takenPort: taken });
  expect(proxy).not.toMatchObject({ port: taken });
});

it('has local addresses as soon as the system gives a port, where it gave none', async () => {
  const listen = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server) {
    setImmediate(() => this.emit('error', Object.assign(new Error('full'), { code: 'EADDRINUSE' })));
    return this;
  });
  cleanup.later(() => listen.mockRestore());
  const engine = makeEngine(cleanup, {
    clock: { ...systemClock, after: (ms, call) => systemClock.after(Math.min(ms, 20), call) },
  });
  await engine.start();
  const proxy = () => engine.snapshot().state.proxy;
  expect(proxy()).toMatchObject({ kind: 'failed', error: { code: 'proxy_no_port' } });
  listen.mockRestore();
  await until('a port', () => proxy().kind === 'listening');
});

it('a local address whose tunnel stands before a port where nothing listens says so', async () => {
  const engine = makeEngine(cleanup);
  const ask = async (name: string, input: object) => {
    const result = await engine.handle(name, input, AbortSignal.timeout(30_000));
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value;
  };
  await engine.start();
  await ask('session.try', {});
  const containerId = await until(
    'a container that runs',
    () =>
      Object.values(engine.snapshot().state.containers).find(
        ({ name, look }) => name === 'vision-lab' && look.kind === 'done',
      )?.id,
  );
  const { serviceId } = (await ask('services.add', { containerId, port: '7999' })) as { serviceId: string };
  const service = () => engine.snapshot().state.services[serviceId];
  await until('the service to be listed', () => service() !== undefined);
  await ask('tunnels.open', { serviceId });
  const url = await until('the local address', () => service()?.local?.url);
  await until('the reason', async () => (await bodyOf(new URL(url))).includes('"code":"target_refused"'));
}, 60_000);

const bodyOf = ({ port, host }: URL): Promise<string> =>
  new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, headers: { host }, agent: false }, (answer) => {
      let body = '';
      answer.on('data', (part) => {
        body += part;
      });
      answer.on('end', () => resolve(body));
    }).on('error', reject);
  });
