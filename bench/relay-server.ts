import { startFaultRelay } from '../main/testing/index.ts';

/** A long path in a process of its own: every byte is held back for the one-way time. */
export async function serveRelay(words: readonly string[]): Promise<void> {
  const [port, delayMs, rate, queueBytes] = words.map(Number);
  const relay = await startFaultRelay({ host: '127.0.0.1', port: port ?? 0, delayMs, rate, queueBytes });
  console.log(JSON.stringify({ port: relay.port }));
  process.stdin.on('end', () => process.exit(0)).resume();
}
