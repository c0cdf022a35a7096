import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { within } from './until.ts';

/** Below those that systems give to whoever asks for any, so that only a test that draws the same number may take it. */
const drawn = { from: 15_000, to: 32_768 } as const;
const mostDraws = 50;

/** A port of loopback that is free now, and stays so: connections and servers on port 0 get none of these. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (let draws = 0; draws < mostDraws; draws += 1) {
    const port = randomInt(drawn.from, drawn.to);
    if (await isFree(host, port)) return port;
  }
  throw new Error(`No free port of ${host} between ${drawn.from} and ${drawn.to} in ${mostDraws} draws.`);
}

const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });

/** Whether something accepts connections there. */
export function accepts(host: string, port: number): Promise<boolean> {
  return within(
    `an answer of ${host}:${port}`,
    new Promise((resolve) => {
      const socket = connect({ host, port });
      const settle = (answer: boolean) => {
        socket.destroy();
        resolve(answer);
      };
      socket.once('connect', () => settle(true)).once('error', () => settle(false));
    }),
    5_000,
  );
}
