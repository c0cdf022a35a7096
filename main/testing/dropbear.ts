import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startChild } from './child.ts';
import { accepts, freePort } from './ports.ts';
import type { SshServer } from './ssh-server.ts';
import { until } from './until.ts';

const run = promisify(execFile);

/**
 * A real Dropbear (package `dropbear-bin`), the other SSH server that containers have. It takes keys from the home of the
 * account and nowhere else: the home is a folder of the test's own, laid over the real one for this server alone.
 */
export async function startDropbear(): Promise<SshServer> {
  const folder = await mkdtemp(join(tmpdir(), 'gw-dropbear-'));
  const at = (name: string) => join(folder, name);
  await run('dropbearkey', ['-t', 'ed25519', '-f', at('host')]);
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at('client')]);
  await run('sh', [
    '-c',
    'mkdir -p -m 700 "$0/home/.ssh"; cp "$0/client.pub" "$0/home/.ssh/authorized_keys"',
    folder,
  ]);
  const { stdout } = await run('dropbearkey', ['-y', '-f', at('host')]);
  const shown = /SHA256:\S+/.exec(stdout)?.[0] ?? '';
  let port = await freePort();
  const start = async () => {
    for (;;) {
      const script =
        'mount --bind "$0/home" "$1"; exec dropbear -F -E -r "$0/host" -p "127.0.0.1:$2" -P "$0/pid"';
      const words = ['sh', '-c', script, folder, homedir(), String(port)];
      const child = startChild(['unshare', '--mount', '--propagation', 'private', ...words]);
      const up = await until('Dropbear to listen', async () =>
        child.hasExited() ? 'ended' : (await accepts('127.0.0.1', port)) && 'up',
      );
      if (up === 'up') return child;
      port = await freePort();
    }
  };
  let child = await start();
  return {
    host: '127.0.0.1',
    get port() {
      return port;
    },
    user: 'root',
    keyFile: at('client'),
    privateKey: await readFile(at('client'), 'utf8'),
    fingerprint: shown,
    password: '',
    log: () => child.output(),
    kill: async () => {
      await child.kill();
    },
    async restart() {
      await child.kill();
      child = await start();
    },
    async stop() {
      await child.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
