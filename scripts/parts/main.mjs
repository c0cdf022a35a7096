// @ts-check
import { listenForInterrupts } from './interrupt.mjs';
import { StepFailed } from './step-failed.mjs';

/**
 * Runs one command from start to end: its answer is the exit status, an expected failure is one line.
 * @param {() => Promise<number>} command
 */
export async function runCommand(command) {
  listenForInterrupts();
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.status;
  }
}
