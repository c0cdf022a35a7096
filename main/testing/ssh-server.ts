import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Child, descendantsOf, signal } from './child.ts';
import { loopback, type Machine } from './machine.ts';
import { accepts, freePort } from './ports.ts';
import { until } from './until.ts';

const run = promisify(execFile);

/** A real OpenSSH server. */
export interface SshServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Path of a private key that it accepts. */
  readonly keyFile: string;
  readonly privateKey: string;
  /** `SHA256:…` of its host key. */
  readonly fingerprint: string;
  readonly password: string;
  log(): string;
  /** Ends the server; `sessions`: the connections that stand, too, as when the machine goes down. */
  kill(what: 'sessions' | 'all'): Promise<void>;
  /** Starts it again on the same port; a new host key where asked for. */
  restart(options?: { readonly newHostKey?: boolean; readonly options?: readonly string[] }): Promise<void>;
  stop(): Promise<void>;
}

interface SshServerOptions {
  /** Where it stands; loopback where absent. */
  readonly machine?: Machine;
  /** More lines for `sshd_config`; they take the place of the usual ones. */
  readonly options?: readonly string[];
  /** What root's shell reads when it starts (`~/.bashrc`); nothing where absent. */
  readonly rc?: string;
}

/** Password of root on a test's SSH server. The system's own password file is not touched. */
const password = 'open sesame';

/**
 * Starts OpenSSH's server (package `openssh-server`) with a key, a password and an empty home for root: what the shell of
 * this machine reads when it starts (a `pyenv` whose lock was left behind, say) is none of a test's.
 */
export async function startSshServer(wanted: SshServerOptions = {}): Promise<SshServer> {
  const machine = wanted.machine ?? loopback;
  await mkdir('/run/sshd', { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), 'gw-sshd-'));
  const at = (name: string) => join(folder, name);
  await makeKey(at('host'));
  await makeKey(at('client'));
  await copyFile(at('client.pub'), at('authorized_keys'));
  await writeFile(at('shadow'), await shadowWith(password), { mode: 0o600 });
  await mkdir(at('home'), { mode: 0o700 });
  if (wanted.rc !== undefined) await writeFile(join(at('home'), '.bashrc'), wanted.rc);
  await writeFile(at('passwd'), await passwdWith(at('home')));
  let extra = wanted.options ?? [];
  let port = machine.isolated ? 22 : 0;
  let server: Child | undefined;

  async function start() {
    for (let tries = 0; ; tries += 1) {
      if (port === 0) port = await freePort();
      await writeFile(at('config'), config({ port, folder, extra }));
      // Mounts of its own over the account files: only this server sees them.
      const script = `for file in shadow passwd; do mount --bind "$0/$file" "/etc/$file"; done; exec /usr/sbin/sshd -D -e -f "$0/config"`;
      server = machine.start(['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, folder]);
      const started = server;
      const up = await until('sshd to listen', async () =>
        started.hasExited() ? 'ended' : (await accepts(machine.address, port)) && 'up',
      );
      if (up === 'up') return;
      if (tries === 3 || machine.isolated) throw new Error(`sshd did not start: ${started.output()}`);
      port = 0;
    }
  }
  await start();
  const fingerprint = async () =>
    (await run('ssh-keygen', ['-lf', at('host.pub')])).stdout.split(' ')[1] ?? '';
  let shown = await fingerprint();

  return {
    host: machine.address,
    get port() {
      return port;
    },
    user: 'root',
    keyFile: at('client'),
    privateKey: await readFile(at('client'), 'utf8'),
    get fingerprint() {
      return shown;
    },
    password,
    log: () => server?.output() ?? '',
    async kill(what) {
      if (server === undefined) return;
      const sessions = descendantsOf(server.pid);
      if (what === 'all') await server.kill();
      for (const pid of sessions) signal(pid, 'SIGKILL');
    },
    async restart(how = {}) {
      await server?.stop();
      if (how.newHostKey === true) {
        await Promise.all([rm(at('host')), rm(at('host.pub'))]);
        await makeKey(at('host'));
        shown = await fingerprint();
      }
      extra = how.options ?? extra;
      await start();
    },
    async stop() {
      await server?.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const makeKey = (file: string) => run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);

const config = (parts: {
  readonly port: number;
  readonly folder: string;
  readonly extra: readonly string[];
}): string => {
  const keyword = (line: string) => line.split(' ', 1)[0];
  const chosen = new Set(parts.extra.map(keyword));
  // Of most keywords the first line counts, of some the last.
  const usual = [
    `Port ${parts.port}`,
    'ListenAddress 0.0.0.0',
    `HostKey ${parts.folder}/host`,
    `AuthorizedKeysFile ${parts.folder}/authorized_keys`,
    'StrictModes no',
    'UsePAM no',
    'PidFile none',
    'MaxStartups 500',
    'PermitRootLogin yes',
    'PasswordAuthentication yes',
  ].filter((line) => !chosen.has(keyword(line)));
  return [...parts.extra, ...usual, ''].join('\n');
};

/** This system's accounts with another home for root. */
async function passwdWith(home: string): Promise<string> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n');
  return lines
    .map((line) => (line.startsWith('root:') ? line.split(':').with(5, home).join(':') : line))
    .join('\n');
}

/** This system's accounts with another password for root. */
async function shadowWith(text: string): Promise<string> {
  const { stdout } = await run('openssl', ['passwd', '-6', text]);
  const accounts = await readFile('/etc/shadow', 'utf8');
  const others = accounts.split('\n').filter((line) => line !== '' && !line.startsWith('root:'));
  return [`root:${stdout.trim()}:19000:0:99999:7:::`, ...others, ''].join('\n');
}
