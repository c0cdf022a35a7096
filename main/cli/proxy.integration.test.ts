import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { createCleanup, freePort, runGearway, startNginx, startPythonWeb, until } from '../testing/index.ts';

const cleanup = createCleanup();
afterAll(() => cleanup.run());

/** Runs `gearway proxy` with this file; gives what its first line says. */
async function proxy(config: object) {
  const folder = await mkdtemp(join(tmpdir(), 'gw-proxy-'));
  cleanup.add({ stop: () => rm(folder, { recursive: true, force: true }) });
  const file = join(folder, 'proxy.json');
  await writeFile(file, JSON.stringify(config));
  const command = cleanup.add(runGearway(['proxy', '--config', file, '--json']));
  const ready = await command.line('the first line', ({ event }) => event === 'ready');
  return { command, port: Number(ready.port) };
}

const fetchBy = async (port: number, name: string, seconds = 20) => {
  const words = [
    '-s',
    '-i',
    '--max-time',
    String(seconds),
    '--resolve',
    `${name}.localhost:${port}:127.0.0.1`,
  ];
  const { stdout } = await promisify(execFile)('curl', [...words, `http://${name}.localhost:${port}/`]);
  return stdout;
};

/** They wait more than they work: side by side they take as long as the slowest. */
describe.concurrent('gearway proxy', () => {
  it('puts its first line first, leads names to real servers and tells routes as they change', async () => {
    const nginx = cleanup.add(await startNginx());
    const python = cleanup.add(await startPythonWeb({ marker: 'served by python' }));
    const { command, port } = await proxy({
      services: [
        {
          name: 'pages',
          tunnel: `http://127.0.0.1:${python.port}`,
          public: `http://127.0.0.1:${nginx.port}`,
        },
        { name: 'plain', public: `http://127.0.0.1:${nginx.port}` },
      ],
    });
    expect(command.lines()[0]).toEqual({
      event: 'ready',
      port,
      services: [
        { name: 'pages', url: `http://pages.localhost:${port}` },
        { name: 'plain', url: `http://plain.localhost:${port}` },
      ],
    });
    await command.line('the tunnel', (line) => line.name === 'pages' && line.reason === 'tunnel_healthy');
    const first = await fetchBy(port, 'pages');
    expect(first).toContain('served by python');
    expect(first.toLowerCase()).toContain('x-gearway-route: tunnel');
    expect(await fetchBy(port, 'plain')).toContain('nginx here');

    await python.stop();
    expect(await fetchBy(port, 'pages')).toContain('nginx here');
    const change = await command.line(
      'the change',
      ({ name, reason }) => name === 'pages' && reason === 'tunnel_down',
    );
    expect(change).toEqual({ event: 'route', name: 'pages', route: 'public', reason: 'tunnel_down' });
    expect(await command.interrupt()).toBe(0);
  });

  it('leaves a service that stopped in the middle of its connections, without failing who waits', async () => {
    const python = cleanup.add(await startPythonWeb({ marker: 'served by python' }));
    const mapped = await freePort();
    const { command, port } = await proxy({
      services: [
        {
          name: 'pages',
          tunnel: `http://127.0.0.1:${python.port}`,
          public: `http://127.0.0.1:${mapped}`,
        },
      ],
    });
    await command.line('the tunnel', (line) => line.route === 'tunnel');
    expect(await fetchBy(port, 'pages')).toContain('served by python');
    cleanup.add(await startNginx({ port: mapped }));
    // It takes connections on, by the system's queue, and says nothing any more.
    python.child.process.kill('SIGSTOP');
    cleanup.add({ stop: async () => void python.child.process.kill('SIGCONT') });
    const answer = await fetchBy(port, 'pages', 40);
    expect(answer).toContain('nginx here');
    expect(answer.toLowerCase()).toContain('x-gearway-route: public');
  });

  it('says with 502 what is wrong, and is back with the service', async () => {
    const far = await freePort();
    const { port } = await proxy({ services: [{ name: 'late', tunnel: `http://127.0.0.1:${far}` }] });
    const gone = await fetchBy(port, 'late');
    expect(gone).toMatch(/^HTTP\/1\.1 502 /);
    expect(gone.toLowerCase()).toContain('retry-after: ');
    expect(gone).toContain('no_healthy_route');
    cleanup.add(await startPythonWeb({ port: far, marker: 'back again' }));
    await until('the page', async () => (await fetchBy(port, 'late')).includes('back again'));
  });

  it.each([
    [['proxy', '--json'], 2],
    [['proxy', '--config', '/does/not/exist', '--json'], 1],
    [['proxy', '--wrong'], 2],
  ])('%j ends with %i and one line for people', async (words, status) => {
    const command = cleanup.add(runGearway(words));
    expect(await command.status()).toBe(status);
    expect(command.notes().trim().split('\n')).toHaveLength(1);
    expect(command.lines()).toMatchObject(
      words.includes('--json') ? [{ event: 'error', message: expect.any(String) }] : [],
    );
  });

  it('does not take another port than the one that was asked for', async () => {
    const nginx = cleanup.add(await startNginx());
    const folder = await mkdtemp(join(tmpdir(), 'gw-proxy-'));
    cleanup.add({ stop: () => rm(folder, { recursive: true, force: true }) });
    const file = join(folder, 'proxy.json');
    const services = [{ name: 'a', tunnel: 'http://127.0.0.1:9' }];
    await writeFile(file, JSON.stringify({ port: nginx.port, services }));
    const command = cleanup.add(runGearway(['proxy', '--config', file, '--json']));
    expect(await command.status()).toBe(1);
    expect(command.notes()).toContain(String(nginx.port));
  });
});
