import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { ServerChannel } from 'ssh2';

/** A terminal that a client asked for. */
export interface Terminal {
  readonly term: string;
  readonly rows: number;
  readonly columns: number;
}

/**
 * What a person does inside of a sample container: this machine's own shell and SFTP server, in a folder of the
 * container's own and with nothing of this process's environment. Only who has the run's password or an account's key
 * gets here, over loopback.
 */
export interface ContainerShell {
  run(channel: ServerChannel, command: string): void;
  login(channel: ServerChannel, terminal: Terminal | undefined): void;
  /** `false` where this machine has no such server. */
  files(channel: ServerChannel): boolean;
  /** Ends what still runs. */
  stop(): void;
}

const shells = ['/bin/bash', '/bin/sh'];
/** Where systems keep OpenSSH's: Debian, Fedora, Arch and Alpine, macOS. */
const fileServers = [
  '/usr/lib/openssh/sftp-server',
  '/usr/libexec/openssh/sftp-server',
  '/usr/lib/ssh/sftp-server',
  '/usr/libexec/sftp-server',
];
/** Makes a terminal for a program that has none (util-linux). */
const terminalMakers = ['/usr/bin/script'];

const first = (paths: readonly string[]): string | undefined => paths.find((path) => existsSync(path));

/** `undefined` where this machine has no shell. */
export function createContainerShell(options: {
  readonly name: string;
  /** Made when it is first asked for. */
  readonly folder: () => string;
}): ContainerShell | undefined {
  const shell = process.platform === 'win32' ? undefined : first(shells);
  if (shell === undefined) return undefined;
  const running = new Set<ChildProcess>();

  function begin(channel: ServerChannel, program: string, args: readonly string[], term = 'dumb'): void {
    const home = options.folder();
    const child = spawn(program, args, {
      cwd: home,
      // A group of its own, so that all of it ends with the channel.
      detached: true,
      env: {
        HOME: home,
        USER: 'root',
        LOGNAME: 'root',
        SHELL: shell,
        TERM: term,
        LANG: 'C.UTF-8',
        PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
        HOSTNAME: options.name,
        PS1: `root@${options.name}:\\w# `,
      },
    });
    running.add(child);
    const end = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGHUP');
      } catch {
        // It has ended already.
      }
    };
    channel.on('close', end);
    channel.on('error', end);
    child.on('error', () => {
      channel.exit(127);
      channel.end();
    });
    child.stdin?.on('error', () => {});
    channel.pipe(child.stdin as NonNullable<typeof child.stdin>);
    child.stdout?.pipe(channel, { end: false });
    child.stderr?.pipe(channel.stderr, { end: false });
    child.on('exit', () => running.delete(child));
    child.on('close', (code, signal) => {
      if (signal !== null) channel.exit(signal.replace(/^SIG/, ''));
      else channel.exit(code ?? 1);
      channel.end();
    });
  }

  return {
    run: (channel, command) => begin(channel, shell, ['-c', command]),
    login(channel, terminal) {
      const maker = first(terminalMakers);
      if (terminal === undefined || maker === undefined) {
        begin(channel, shell, ['-l']);
        return;
      }
      const size = `stty rows ${terminal.rows} cols ${terminal.columns} 2>/dev/null`;
      begin(channel, maker, ['-qefc', `${size}; exec ${shell} -i`, '/dev/null'], terminal.term);
    },
    files(channel) {
      const server = first(fileServers);
      if (server === undefined) return false;
      begin(channel, server, ['-d', options.folder()]);
      return true;
    },
    stop() {
      for (const child of running) {
        try {
          if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        } catch {
          // It has ended already.
        }
      }
    },
  };
}
