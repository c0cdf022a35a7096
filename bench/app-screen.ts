import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A screen in memory, the same for everything that is compared. */
export async function openScreen(): Promise<{
  readonly display: string;
  readonly close: () => Promise<void>;
}> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const exited = once(server, 'exit');
  const numbers = server.stdio[3];
  if (numbers === null || numbers === undefined) throw new Error('Xvfb has no pipe to tell its number.');
  const number = await Promise.race([
    once(numbers, 'data').then(([chunk]) => String(chunk).trim()),
    exited.then(() => ''),
  ]);
  if (number === '') throw new Error('Xvfb could not start.');
  return {
    display: `:${number}`,
    close: async () => {
      server.kill('SIGTERM');
      await exited;
    },
  };
}
