import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Child {
  readonly pid: number;
  /** Everything that it wrote to standard output and standard error so far. */
  output(): string;
  readonly exited: Promise<number | null>;
  hasExited(): boolean;
  /** Asks it to end, waits up to 5 s, then forces it. */
  stop(): Promise<void>;
  /** Ends it and everything it has started, at once. */
  kill(): Promise<void>;
  readonly process: ChildProcess;
}

const graceMs = 5_000;

/** Starts a program; it ends with this process at the latest. */
export function startChild(
  command: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
): Child {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
    cwd: options.cwd,
  });
  let output = '';
  const note = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-100_000);
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  let ended = false;
  const exited = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      ended = true;
      output += String(error);
      resolve(null);
    });
    child.once('exit', (code) => {
      ended = true;
      process.off('exit', atExit);
      resolve(code);
    });
  });
  const atExit = () => child.kill('SIGKILL');
  process.once('exit', atExit);
  const kill = async () => {
    if (ended) return;
    for (const pid of [...descendantsOf(child.pid ?? 0), child.pid ?? 0]) signal(pid, 'SIGKILL');
    await exited;
  };
  return {
    pid: child.pid ?? 0,
    output: () => output,
    exited,
    hasExited: () => ended,
    async stop() {
      if (ended) return;
      child.kill('SIGTERM');
      const force = setTimeout(() => void kill(), graceMs);
      await exited;
      clearTimeout(force);
    },
    kill,
    process: child,
  };
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    if (pid > 1) process.kill(pid, name);
  } catch {
    // Gone already.
  }
}

/** Processes that `pid` has started, theirs too; from `/proc`. */
export function descendantsOf(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      // The name in brackets may hold anything: the parent is the second word after the last bracket.
      const after = readFileSync(`/proc/${entry}/stat`, 'latin1').split(') ').at(-1) ?? '';
      const parent = Number(after.split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    } catch {
      // It ended while we looked.
    }
  }
  const found: number[] = [];
  for (const next of children.get(pid) ?? []) found.push(next, ...descend(children, next));
  return found;
}

const descend = (children: ReadonlyMap<number, readonly number[]>, pid: number): number[] =>
  (children.get(pid) ?? []).flatMap((next) => [next, ...descend(children, next)]);
