#!/usr/bin/env node
import { guardProcess } from '../engine/base/guard-process.ts';
import { type CliIo, exitStatus, terminalIo } from './io.ts';
import { openCommandLog, takeLogOptions } from './log-options.ts';
import { readWords } from './program.ts';

/** These go on until they are ended: a fault that was caught ends none of what they carry. */
const lasting: ReadonlySet<string> = new Set(['platform', 'tunnel', 'proxy', 'run']);

async function main(given: readonly string[]): Promise<number> {
  const terminal = terminalIo();
  const options = takeLogOptions(given);
  if (!options.ok) {
    terminal.fail('wrong_usage', options.error);
    return exitStatus.wrongUsage;
  }
  const secrets = [process.env.GEARWAY_TOKEN ?? ''].filter((text) => text !== '');
  const log = openCommandLog(options.value, { note: terminal.note, secrets });
  const words = options.value.rest;
  guardProcess({
    onFault(kind, stack) {
      log.write('error', 'command.fault', { kind, stack });
      terminal.note(`gearway: a fault inside was caught: ${stack.split('\n', 1)[0]}`);
      if (!lasting.has(words[0] ?? '')) process.exit(exitStatus.failed);
    },
    now: Date.now,
  });
  try {
    return await carryOut(words, { ...terminal, log: log.write });
  } finally {
    await log.close();
  }
}

async function carryOut(words: readonly string[], io: CliIo): Promise<number> {
  const end = words.indexOf('--');
  const isJson = (end < 0 ? words : words.slice(0, end)).includes('--json');
  const failed = (status: number) => {
    if (isJson && status !== exitStatus.done)
      io.out(JSON.stringify({ event: 'error', ...io.failure(status) }));
    return status;
  };
  const reading = readWords(words);
  switch (reading.kind) {
    case 'say':
      io.out(reading.text);
      return exitStatus.done;
    case 'wrong':
      io.note(words.length === 0 ? reading.message : `gearway: ${reading.message}`);
      return failed(exitStatus.wrongUsage);
    case 'run':
      try {
        const command = await reading.spec.load();
        return failed(await command(reading.typed, io));
      } catch (error) {
        // A bug: its stack helps whoever mends it, and nobody else.
        const { message, stack } = error instanceof Error ? error : { message: String(error), stack: '' };
        io.fail('internal', `something went wrong in gearway itself: ${message}`);
        if (process.env.GEARWAY_DEBUG !== undefined) io.note(stack ?? '');
        return failed(exitStatus.failed);
      }
    default:
      return reading satisfies never;
  }
}

// Set, not `process.exit`: what is still being written to a pipe must arrive.
process.exitCode = await main(process.argv.slice(2));
