import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Child } from './child.ts';
import { loopback, type Machine } from './machine.ts';
import { freePort } from './ports.ts';
import { until } from './until.ts';

/** A program that listens on one port. */
interface RealServer {
  readonly host: string;
  readonly port: number;
  readonly child: Child;
  stop(): Promise<void>;
}

interface ServerPlace {
  /** Loopback of this computer where absent. */
  readonly machine?: Machine;
  /** Address to listen on; `127.0.0.1` where absent. */
  readonly bind?: string;
  /** Any free one where absent. */
  readonly port?: number;
}

/** Redis (package `redis-server`), which keeps nothing. */
export const startRedis = (place: ServerPlace = {}): Promise<RealServer> =>
  startServer(place, 'Ready to accept connections', (port, bind) => [
    ...['redis-server', '--port', String(port), '--bind', bind, '--protected-mode', 'no'],
    ...['--save', '', '--appendonly', 'no', '--dir', tmpdir()],
  ]);

/** Python's `http.server`: a page with `marker` in it. */
export async function startPythonWeb(
  place: ServerPlace & { readonly marker?: string } = {},
): Promise<RealServer> {
  const folder = await mkdtemp(join(tmpdir(), 'gw-web-'));
  await writeFile(join(folder, 'index.html'), `<title>${place.marker ?? 'gearway'}</title>\n`);
  const server = await startServer(place, 'Serving HTTP on', (port, bind) => [
    ...['python3', '-u', '-m', 'http.server', String(port), '--bind', bind, '--directory', folder],
  ]);
  return { ...server, stop: () => server.stop().then(() => rm(folder, { recursive: true, force: true })) };
}

/** nginx (package `nginx-light`) with one worker; `server`: the inside of its `server` block. */
export async function startNginx(
  place: ServerPlace & { readonly server?: string } = {},
): Promise<RealServer> {
  const folder = await mkdtemp(join(tmpdir(), 'gw-nginx-'));
  const file = join(folder, 'nginx.conf');
  const server = await startServer(place, undefined, async (port, bind) => {
    await writeFile(
      file,
      `daemon off; worker_processes 1; user root; pid ${folder}/pid; error_log stderr;
events { worker_connections 1024; }
http { access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  server { listen ${bind}:${port}; ${place.server ?? "location / { return 200 'nginx here\\n'; }"} } }
`,
    );
    return ['nginx', '-c', file, '-e', 'stderr', '-p', folder];
  });
  return { ...server, stop: () => server.stop().then(() => rm(folder, { recursive: true, force: true })) };
}

/** Jupyter (package `jupyter-notebook`), whose files and settings are its own. */
export async function startJupyter(place: ServerPlace & { readonly token: string }): Promise<RealServer> {
  const folder = await mkdtemp(join(tmpdir(), 'gw-jupyter-'));
  const server = await startServer(place, 'is running at', (port, bind) => [
    ...[
      'env',
      `HOME=${folder}`,
      'jupyter-notebook',
      '--no-browser',
      '--allow-root',
      '--notebook-dir',
      folder,
    ],
    ...['--ip', bind, '--port', String(port), `--NotebookApp.token=${place.token}`],
  ]);
  return { ...server, stop: () => server.stop().then(() => rm(folder, { recursive: true, force: true })) };
}

/** Starlette on uvicorn (packages `python3-starlette`, `python3-uvicorn`): what vLLM's and SGLang's servers are made of. */
export async function startStarlette(place: ServerPlace & { readonly path: string }): Promise<RealServer> {
  const folder = await mkdtemp(join(tmpdir(), 'gw-starlette-'));
  await writeFile(
    join(folder, 'app.py'),
    `from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
app = Starlette(routes=[Route('${place.path}', lambda request: PlainTextResponse(str(request.url)))])
`,
  );
  const server = await startServer(place, 'Uvicorn running', (port, bind) => [
    ...['/usr/bin/python3', '-m', 'uvicorn', 'app:app', '--app-dir', folder],
    ...['--host', bind, '--port', String(port)],
  ]);
  return { ...server, stop: () => server.stop().then(() => rm(folder, { recursive: true, force: true })) };
}

/**
 * Starts a program and waits until it listens: until it has written `ready`, or until the kernel's table shows the port,
 * which is asked inside the machine.
 */
async function startServer(
  place: ServerPlace,
  ready: string | undefined,
  commandFor: (port: number, bind: string) => readonly string[] | Promise<readonly string[]>,
): Promise<RealServer> {
  const { machine = loopback, bind = '127.0.0.1' } = place;
  for (let tries = 0; ; tries += 1) {
    const port = place.port ?? (await freePort());
    const child = machine.start(await commandFor(port, bind));
    const state = await until(`port ${port} to be listened on: ${child.output()}`, async () => {
      if (child.hasExited()) return 'ended';
      if (ready !== undefined) return child.output().includes(ready) && 'up';
      return (await listensInside(machine, port)) && 'up';
    });
    if (state === 'up') return { host: bind, port, child, stop: () => child.stop() };
    if (tries === 3 || place.port !== undefined) throw new Error(`No server: ${child.output()}`);
  }
}

/** The kernel's table may hold thousands of closed connections: only the line that is looked for comes out. */
async function listensInside(machine: Machine, port: number): Promise<boolean> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const look = machine.start(['grep', '-qE', `:${hex} 0+:0000 0A`, '/proc/net/tcp', '/proc/net/tcp6']);
  return (await look.exited) === 0;
}
