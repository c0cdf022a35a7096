import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/** An application to start, which writes `readyFile` when its window can be clicked. */
export interface AppStart {
  readonly label: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly readyFile: string;
}

/** A window that is not ready after this long, in ms, never will be. */
const deadline = 30_000;

/** An application whose window can be clicked. */
export interface StartedApp {
  /** From the start of its process, in ms. */
  readonly elapsed: number;
  readonly pid: number;
  /** Asks it to end, ends it after 10 s, and waits. */
  stop(): Promise<void>;
}

type Start = AppStart & { readonly display: string; readonly signal: AbortSignal };

/** Starts the application, waits until it says that it is ready, and ends it. Gives the ms from the start of its process. */
export async function timeToReady(app: Start): Promise<number> {
  const started = await startUntilReady(app);
  await started.stop();
  return started.elapsed;
}

export async function startUntilReady(app: Start): Promise<StartedApp> {
  app.signal.throwIfAborted();
  await rm(app.readyFile, { force: true });
  const wait = waitForFile(app.readyFile, app.signal);
  const started = performance.now();
  const child = spawn(app.program, app.args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DISPLAY: app.display, GEARWAY_READY_FILE: app.readyFile },
  });
  const exited = once(child, 'exit');
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-2_000);
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await exited;
    clearTimeout(force);
  };
  try {
    const early = exited.then(() => {
      throw new Error('it ended');
    });
    // Later it ends because it is asked to.
    early.catch(() => {});
    await Promise.race([wait, early]);
    return { elapsed: performance.now() - started, pid: child.pid ?? 0, stop };
  } catch (error) {
    await stop();
    if (app.signal.aborted) throw error;
    throw new Error(`${app.label} was never ready.\n${errors}`, { cause: error });
  }
}

function waitForFile(path: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const watcher = watch(dirname(path), (_event, name) => {
      if (name === basename(path)) settle(resolve);
    });
    const abort = () => settle(() => reject(signal.reason));
    const late = setTimeout(() => settle(() => reject(new Error(`not within ${deadline} ms`))), deadline);
    const settle = (finish: () => void) => {
      watcher.close();
      clearTimeout(late);
      signal.removeEventListener('abort', abort);
      finish();
    };
    signal.addEventListener('abort', abort);
    if (existsSync(path)) settle(resolve);
  });
}
