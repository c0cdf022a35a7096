#!/usr/bin/env node
import { exitStatus, terminalIo } from './io.ts';
import type { Command } from './usage.ts';
import { type CommandName, helpOf, isCommand, usage } from './usage.ts';

/** Each is loaded when it is asked for: `--help` must not wait for an SSH library. */
const commands: Readonly<Record<CommandName, () => Promise<{ readonly run: Command }>>> = {
  platform: () => import('./platform.ts'),
  tunnel: () => import('./tunnel.ts'),
  proxy: () => import('./proxy.ts'),
  ls: () => import('./list.ts'),
  open: () => import('./open.ts'),
  compare: () => import('./compare.ts'),
  doctor: () => import('./doctor.ts'),
};

async function main(words: readonly string[]): Promise<number> {
  const [name, ...args] = words;
  const io = terminalIo();
  const help = helpOf(words);
  if (help !== undefined) {
    io.note(help);
    return exitStatus.done;
  }
  if (name === undefined) {
    io.note(usage);
    return exitStatus.wrongUsage;
  }
  if (!isCommand(name)) {
    io.note(`gearway: no such command: ${name}\n\n${usage}`);
    return exitStatus.wrongUsage;
  }
  const { run } = await commands[name]();
  return run(args, io);
}

// Set, not `process.exit`: what is still being written to a pipe must arrive.
process.exitCode = await main(process.argv.slice(2));
