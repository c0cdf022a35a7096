import { spawn } from 'node:child_process';
import type { Command } from '../command.ts';
import { exitStatus } from '../io.ts';

/** A life longer than this was a good one: the next death counts as a first. In ms. */
const goodLifeMs = 30_000;
const mostPauseMs = 15_000;
const firstPauseMs = 50;

/** Keeps one background engine alive: one that dies is started again, at once the first time. */
export const run: Command = async ({ words }, io) => {
  const stopped = new AbortController();
  void io.untilStopped().then(() => stopped.abort());
  let deaths = 0;
  while (!stopped.signal.aborted) {
    const bornAt = performance.now();
    const status = await oneLife(words, stopped.signal);
    // It ended by itself: it was asked to, or says that it cannot run.
    if (status !== undefined || stopped.signal.aborted) return status ?? exitStatus.done;
    deaths = performance.now() - bornAt > goodLifeMs ? 1 : deaths + 1;
    await rest(Math.min(firstPauseMs * 4 ** (deaths - 1), mostPauseMs), stopped.signal);
  }
  return exitStatus.done;
};

/** Its exit status; `undefined` when it was killed or fell over. */
function oneLife(words: readonly string[], signal: AbortSignal): Promise<number | undefined> {
  return new Promise((resolve) => {
    const [, program = ''] = process.argv;
    const child = spawn(process.execPath, [program, 'background-run', ...words], { stdio: 'ignore' });
    const end = () => child.kill('SIGTERM');
    signal.addEventListener('abort', end, { once: true });
    child.once('error', () => resolve(exitStatus.failed));
    child.once('exit', (code) => {
      signal.removeEventListener('abort', end);
      resolve(code ?? undefined);
    });
  });
}

const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
