import { type AddressInfo, connect, createServer, type Server as NetServer } from 'node:net';
import ssh2, { type AuthContext, type Connection, type ParsedKey, type ServerChannel } from 'ssh2';
import { notFound, runCommand } from './commands.ts';
import type { ContainerShell, Terminal } from './container-shell.ts';
import { sameText } from './same-text.ts';
import type { SampleLaunches } from './sample-launches.ts';
import type { VirtualPort } from './virtual-ports.ts';

export interface ContainerSsh {
  readonly port: number;
  stop(): Promise<void>;
}

/** The SSH server of one running container, on loopback. Knows the container's ports and nothing outside of them. */
export async function startContainerSsh(options: {
  readonly name: string;
  readonly hostKey: string;
  readonly password: string;
  /** 0 takes a free one; a busy one too. */
  readonly port: number;
  readonly ports: readonly VirtualPort[];
  readonly launches: SampleLaunches;
  readonly shell: ContainerShell | undefined;
  /** Public keys of the account, one line each. */
  readonly keys: () => readonly string[];
}): Promise<ContainerSsh> {
  const connections = new Set<Connection>();
  const server = new ssh2.Server(
    { hostKeys: [options.hostKey], ident: 'SSH-2.0-Gearway_local' },
    (connection) => {
      connections.add(connection);
      connection.on('close', () => connections.delete(connection));
      connection.on('error', () => connections.delete(connection));
      connection.on('authentication', (context) => {
        if (isAllowed(context, options.password, options.keys())) context.accept();
        else context.reject(['password', 'publickey']);
      });
      connection.on('ready', () => serve(connection, options));
    },
  );
  // A listener of our own: only it can turn off Nagle's delay, which costs 40 ms a round trip.
  const listener = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    server.injectSocket(socket);
  });
  const port = await listen(listener, options.port);
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const connection of connections) connection.end();
      }),
  };
}

async function listen(listener: NetServer, wanted: number): Promise<number> {
  for (const port of [wanted, 0]) {
    const done = await new Promise<boolean>((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException) =>
        port !== 0 && error.code === 'EADDRINUSE' ? resolve(false) : reject(error);
      listener.once('error', failed);
      listener.listen(port, '127.0.0.1', () => {
        listener.off('error', failed);
        resolve(true);
      });
    });
    if (done) break;
  }
  return (listener.address() as AddressInfo).port;
}

function isAllowed(context: AuthContext, password: string, keys: readonly string[]): boolean {
  if (context.username !== 'root') return false;
  if (context.method === 'password') return sameText(context.password, password);
  if (context.method !== 'publickey') return false;
  return keys.some((line) => {
    const key = ssh2.utils.parseKey(line);
    if (key instanceof Error) return false;
    const known = Array.isArray(key) ? (key as ParsedKey[])[0] : key;
    if (known === undefined || !known.getPublicSSH().equals(context.key.data)) return false;
    // Without a signature the client only asks whether this key would do.
    if (context.signature === undefined || context.blob === undefined) return true;
    return known.verify(context.blob, context.signature, context.hashAlgo) === true;
  });
}

function serve(
  connection: Connection,
  container: {
    readonly name: string;
    readonly ports: readonly VirtualPort[];
    readonly launches: SampleLaunches;
    readonly shell: ContainerShell | undefined;
  },
): void {
  connection.on('session', (accept) => {
    const session = accept();
    let terminal: Terminal | undefined;
    session.on('pty', (acceptPty, _reject, info) => {
      const term = /^[\w.+-]{1,60}$/.test(info.term ?? '') ? (info.term ?? '') : 'xterm';
      terminal = { term, rows: clamp(info.rows, 24), columns: clamp(info.cols, 80) };
      acceptPty?.();
    });
    session.on('env', (acceptEnv) => acceptEnv?.());
    session.on('window-change', (acceptChange) => acceptChange?.());
    session.on('exec', (acceptExec, _reject, info) => {
      const channel = acceptExec();
      channel.on('error', () => {});
      const known = runCommand(info.command, container);
      if (known === undefined && container.shell !== undefined) {
        container.shell.run(channel, info.command);
        return;
      }
      // Nobody reads what a command is given here, and a channel closes only when it was read.
      channel.resume();
      void Promise.resolve(known ?? notFound(info.command))
        .catch(() => ({ stdout: '', stderr: 'sh: failed\n', code: 126 }))
        .then(({ stdout, stderr, code }) => {
          channel.stderr.write(stderr);
          channel.write(stdout);
          channel.exit(code);
          channel.end();
        });
    });
    session.on('shell', (acceptShell) => {
      const channel = acceptShell();
      channel.on('error', () => {});
      if (container.shell !== undefined) container.shell.login(channel, terminal);
      else channel.end('This sample container has no shell.\r\n');
    });
    session.on('subsystem', (acceptSystem, reject, info) => {
      if (info.name !== 'sftp' || container.shell === undefined) return reject?.();
      const channel = acceptSystem();
      channel.on('error', () => {});
      if (!container.shell.files(channel)) channel.end();
    });
  });
  connection.on('tcpip', (accept, reject, info) => {
    const port = container.ports.find((candidate) => candidate.port === info.destPort);
    if (port === undefined || !isSelf(info.destIP, container.name)) {
      reject();
      return;
    }
    join(accept(), port);
  });
}

const clamp = (size: number | undefined, usual: number): number =>
  Number.isInteger(size) && (size ?? 0) > 0 ? Math.min(1_000, size ?? usual) : usual;

const isSelf = (host: string, name: string): boolean =>
  ['127.0.0.1', 'localhost', '0.0.0.0', '::1', name].includes(host);

function join(channel: ServerChannel, { real }: VirtualPort): void {
  const socket = connect({ ...real, allowHalfOpen: true, noDelay: true });
  socket.on('error', () => channel.destroy());
  channel.on('error', () => socket.destroy());
  channel.on('close', () => socket.destroySoon());
  socket.pipe(channel);
  channel.pipe(socket);
}
