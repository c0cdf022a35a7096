#!/usr/bin/env node
import { exitStatus, terminalIo } from './io.ts';
import { readWords } from './program.ts';

async function main(words: readonly string[]): Promise<number> {
  const io = terminalIo();
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
