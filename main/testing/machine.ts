import { execFile, execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import { type Child, startChild } from './child.ts';

const run = promisify(execFile);

/**
 * Where a test's servers stand: a network namespace with its own loopback, so that `0.0.0.0` and `127.0.0.1` mean what
 * they mean in a container, or this computer's loopback where namespaces are not allowed.
 */
export interface Machine {
  /** It has a loopback of its own. Without, tests of bind addresses cannot run. */
  readonly isolated: boolean;
  /** Where this computer reaches it. */
  readonly address: string;
  /** This computer as it is seen from there. */
  readonly host: string;
  /** Its network namespace, where it has one: `/etc/netns/NAME` holds files of its own. */
  readonly name?: string;
  /** Starts a program on it. */
  start(command: readonly string[], options?: { readonly env?: NodeJS.ProcessEnv }): Child;
  /** Ends what still runs on it and takes it away. */
  stop(): Promise<void>;
}

/** A machine of one's own. */
export async function openMachine(): Promise<Machine> {
  if (!canIsolate()) return loopback;
  await removeStale();
  for (let tries = 0; ; tries += 1) {
    try {
      return await isolate();
    } catch (error) {
      // Another test may have drawn the same name or address.
      if (tries === 4) throw error;
    }
  }
}

export const loopback: Machine = {
  isolated: false,
  address: '127.0.0.1',
  host: '127.0.0.1',
  start: startChild,
  stop: async () => {},
};

let isolates: boolean | undefined;

/** Whether namespaces and links can be made here: asked by making one. */
export function canIsolate(): boolean {
  isolates ??= process.platform === 'linux' && process.getuid?.() === 0 && tries();
  return isolates;
}

function tries(): boolean {
  const name = newName();
  try {
    execFileSync('ip', ['netns', 'add', name], { stdio: 'ignore' });
    execFileSync('ip', ['netns', 'exec', name, 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write('No network namespaces here: tests of bind addresses do not run.\n');
    return false;
  } finally {
    removeNow(name);
  }
}

/** The process id in the name tells later runs which ones were left behind. */
const newName = () => `gw-${process.pid}-${randomInt(0xffff).toString(16)}`;

async function isolate(): Promise<Machine> {
  const name = newName();
  const link = `g${randomInt(0xfffffff).toString(16)}`;
  // A /30 of 10.231.0.0/16: .1 is this computer, .2 the machine.
  const net = randomInt(1, 0x3fff) * 4;
  const at = (host: number) => `10.231.${(net >> 8) & 255}.${(net & 255) + host}`;
  const inside = (...words: string[]) => run('ip', ['netns', 'exec', name, 'ip', ...words]);
  const atExit = () => removeNow(name);
  try {
    await run('ip', ['netns', 'add', name]);
    process.once('exit', atExit);
    await run('ip', ['link', 'add', `${link}a`, 'type', 'veth', 'peer', 'name', `${link}b`, 'netns', name]);
    await run('ip', ['addr', 'add', `${at(1)}/30`, 'dev', `${link}a`]);
    await run('ip', ['link', 'set', `${link}a`, 'up']);
    await inside('addr', 'add', `${at(2)}/30`, 'dev', `${link}b`);
    await inside('link', 'set', `${link}b`, 'up');
    await inside('link', 'set', 'lo', 'up');
  } catch (error) {
    process.off('exit', atExit);
    removeNow(name);
    throw error;
  }
  const children = new Set<Child>();
  return {
    isolated: true,
    address: at(2),
    host: at(1),
    name,
    start(command, options) {
      const child = startChild(['ip', 'netns', 'exec', name, ...command], options);
      children.add(child);
      return child;
    },
    async stop() {
      await Promise.all([...children].map((child) => child.kill()));
      const { stdout } = await run('ip', ['netns', 'pids', name]);
      for (const pid of stdout.split('\n').filter(Boolean)) kill(Number(pid));
      process.off('exit', atExit);
      await run('ip', ['netns', 'del', name]);
    },
  };
}

/** Namespaces of test runs that were killed; their links go with them. */
async function removeStale(): Promise<void> {
  const { stdout } = await run('ip', ['netns', 'list']);
  for (const [name, pid] of stdout.matchAll(/^gw-(\d+)-[0-9a-f]+/gm)) {
    if (isAlive(Number(pid))) continue;
    await run('ip', ['netns', 'del', name]).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function kill(pid: number) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

function removeNow(name: string) {
  try {
    execFileSync('ip', ['netns', 'del', name], { stdio: 'ignore' });
  } catch {
    // It was never made.
  }
}
