import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { accepts, freePort, until } from '../main/testing/index.ts';
import { startHelper, startProgram } from './helper.ts';
import type { OriginPort } from './http-origin.ts';

/** An address and the name that is asked for there. */
export interface Door {
  readonly port: number;
  readonly host: string;
}

/** One way to the two services: `small` answers a few bytes as fast as can be, `app` does the rest. */
export interface ProxyPeer {
  readonly label: string;
  readonly small: Door;
  readonly app: Door;
  /** The process that carries; absent for the direct way. */
  readonly pid?: number;
  stop(): Promise<void>;
}

interface Origins {
  readonly small: number;
  readonly app: number;
  stop(): Promise<void>;
}

/** nginx answers the small requests, so that the service is never what limits. */
export async function startOrigins(): Promise<Origins> {
  const app = await startHelper<OriginPort>('serve-http');
  const small = await freePort();
  const nginx = await startNginx(
    `server { listen 127.0.0.1:${small}; location / { return 200 'hello\\n'; } }`,
    small,
  );
  return {
    small,
    app: app.ready.port,
    async stop() {
      await nginx.stop();
      await app.stop();
    },
  };
}

const door = (port: number): Door => ({ port, host: `127.0.0.1:${port}` });

export const straight = (origins: Origins): ProxyPeer => ({
  label: 'straight',
  small: door(origins.small),
  app: door(origins.app),
  stop: async () => {},
});

/** nginx as a reverse proxy that streams: connections kept, nothing buffered, WebSockets on. */
export async function nginxPeer(origins: Origins): Promise<ProxyPeer> {
  const [small, app] = [await freePort(), await freePort()];
  const server = (port: number, name: string) =>
    `upstream ${name} { server 127.0.0.1:${origins[name as 'small' | 'app']}; keepalive 64; keepalive_requests 100000000; }
     server { listen 127.0.0.1:${port}; client_max_body_size 0; location / { proxy_pass http://${name}; proxy_http_version 1.1;
       proxy_set_header Connection $upgrading; proxy_set_header Upgrade $http_upgrade; proxy_buffering off;
       proxy_request_buffering off; proxy_read_timeout 600s; } }`;
  const nginx = await startNginx(
    `map $http_upgrade $upgrading { default upgrade; '' ''; } ${server(small, 'small')} ${server(app, 'app')}`,
    small,
  );
  return { label: 'nginx', small: door(small), app: door(app), pid: nginx.worker, stop: () => nginx.stop() };
}

export async function plainHttpProxy(origins: Origins): Promise<ProxyPeer> {
  const helper = await startHelper<{ readonly ports: readonly [number, number] }>(
    'serve-plain-http-proxy',
    `http://127.0.0.1:${origins.small}`,
    `http://127.0.0.1:${origins.app}`,
  );
  const [small, app] = helper.ready.ports;
  return {
    label: 'http-proxy',
    small: door(small),
    app: door(app),
    pid: helper.pid,
    stop: () => helper.stop(),
  };
}

interface Ready {
  readonly event: string;
  readonly port: number;
}

/** The built `gearway proxy`, on the same Node as http-proxy beside it. */
export async function gearwayPeer(origins: Origins): Promise<ProxyPeer> {
  const { port, pid, stop } = await startGearway([
    { name: 'small', tunnel: `http://127.0.0.1:${origins.small}` },
    { name: 'app', tunnel: `http://127.0.0.1:${origins.app}` },
  ]);
  return {
    label: 'Gearway',
    small: { port, host: `small.localhost:${port}` },
    app: { port, host: `app.localhost:${port}` },
    pid,
    stop,
  };
}

export async function startGearway(
  services: readonly { readonly name: string; readonly tunnel?: string; readonly public?: string }[],
): Promise<{ readonly port: number; readonly pid: number; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'gw-bench-proxy-'));
  const config = join(folder, 'proxy.json');
  await writeFile(config, JSON.stringify({ port: 0, services }));
  const program = await startProgram<Ready>(
    [process.execPath, resolve('out/main/gearway.js'), 'proxy', '--config', config, '--json'],
    { fits: (line) => line.event === 'ready' },
  );
  return {
    port: program.ready.port,
    pid: program.pid,
    async stop() {
      await program.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startNginx(http: string, port: number) {
  const folder = await mkdtemp(join(tmpdir(), 'gw-bench-nginx-'));
  const file = join(folder, 'nginx.conf');
  await writeFile(
    file,
    `daemon off; master_process off; user root; pid ${folder}/pid; error_log stderr;
events { worker_connections 20000; }
http { access_log off; keepalive_requests 100000000; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p;
  fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s; ${http} }
`,
  );
  const child = spawn('nginx', ['-c', file, '-e', 'stderr', '-p', folder], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const exited = once(child, 'exit');
  await until('nginx to listen', () => accepts('127.0.0.1', port));
  return {
    worker: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
