import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { accepts, freePort, type SshServer, until } from '../main/testing/index.ts';
import type { BytePorts } from './byte-server.ts';
import { startProgram } from './helper.ts';

/** One way to the byte server. */
export interface Peer {
  readonly label: string;
  readonly ports: BytePorts;
  /** The process that carries; absent for the direct way. */
  readonly pid?: number;
  stop(): Promise<void>;
}

export const direct = (ports: BytePorts): Peer => ({ label: 'direct', ports, stop: async () => {} });

/** OpenSSH's client with its own defaults; `-o` words change them. */
export async function openSsh(
  server: SshServer,
  port: number,
  far: BytePorts,
  words: readonly string[] = [],
): Promise<Peer> {
  const ports = { echo: await freePort(), source: await freePort(), sink: await freePort() };
  const forwards = ways.flatMap((way) => ['-L', `${ports[way]}:127.0.0.1:${far[way]}`]);
  const trust = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null'];
  const login = ['-i', server.keyFile, '-p', String(port), `${server.user}@127.0.0.1`];
  const child = spawn('ssh', ['-q', '-N', '-F', 'none', ...trust, ...words, ...forwards, ...login], {
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  await until('OpenSSH to listen', () => accepts('127.0.0.1', ports.sink));
  return {
    label: ['OpenSSH', ...words.filter((word) => word !== '-o')].join(' '),
    ports,
    pid: child.pid,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** The built `gearway tunnel` in Electron's Node. */
export async function gearway(server: SshServer, port: number, far: BytePorts): Promise<Peer> {
  const electron = process.env.GEARWAY_ELECTRON;
  if (electron === undefined) throw new Error('Run this by: npm run bench');
  const ports = { echo: await freePort(), source: await freePort(), sink: await freePort() };
  const forwards = ways.flatMap((way) => ['-L', `${ports[way]}:127.0.0.1:${far[way]}`]);
  const login = [`ssh ${server.user}@127.0.0.1 -p ${port}`, '--identity', server.keyFile];
  const command = [electron, ...profiling(), resolve('out/main/gearway.js'), 'tunnel', ...login, ...forwards];
  const tunnel = await startProgram<{ readonly state: string; readonly local: string }>(
    [...command, '--host-key', server.fingerprint, '--json'],
    {
      env: { ELECTRON_RUN_AS_NODE: '1' },
      fits: ({ state, local }) => state === 'connected' && local === `127.0.0.1:${ports.sink}`,
    },
  );
  return { label: 'Gearway', ports, pid: tunnel.pid, stop: tunnel.stop };
}

const ways = ['echo', 'source', 'sink'] as const;

/** `GEARWAY_BENCH_PROFILE=FOLDER` writes a profile of the carrying process when it ends. */
function profiling(): readonly string[] {
  const folder = process.env.GEARWAY_BENCH_PROFILE;
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}
