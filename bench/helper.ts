import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A part of a measurement in a process of its own, so that it takes no time from what is measured. */
interface Helper<T> {
  /** The line that it wrote when it was ready. */
  readonly ready: T;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts this program again for one of its `helpers`. */
export const startHelper = <T>(name: string, ...words: readonly string[]): Promise<Helper<T>> =>
  startProgram([process.execPath, process.argv[1] ?? '', name, ...words]);

/** Starts a program that writes one line of JSON when it is ready. */
export async function startProgram<T>(
  command: readonly string[],
  { env, fits = () => true }: { readonly env?: NodeJS.ProcessEnv; readonly fits?: (line: T) => boolean } = {},
): Promise<Helper<T>> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  const exited = once(child, 'exit');
  let text = '';
  const ready = await new Promise<T>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${program} ended before it was ready`)));
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      const found = lines.map((line) => JSON.parse(line) as T).find(fits);
      if (found !== undefined) resolve(found);
    });
  });
  return {
    ready,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
