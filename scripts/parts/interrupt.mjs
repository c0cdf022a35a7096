// @ts-check
import { setMaxListeners } from 'node:events';
import { StepFailed } from './step-failed.mjs';

const controller = new AbortController();

/** Aborts at the first SIGINT, SIGTERM or SIGHUP; its reason carries the exit status. */
export const interrupted = controller.signal;
// Any number of programs may run at a time.
setMaxListeners(0, interrupted);

/** @type {Readonly<Record<string, number>>} 128 + the signal's number, as a shell reports it */
const statusOf = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** Turns the signals that end a command into an abort, so that every step can leave things whole. */
export function listenForInterrupts() {
  for (const name of Object.keys(statusOf)) {
    process.on(name, () => controller.abort(new StepFailed(`Stopped by ${name}.`, statusOf[name])));
  }
}
