import { connect, createServer } from 'node:net';
import { within } from './until.ts';

/** A port of loopback that is free now. Another program may take it before it is used: whoever uses it tries again. */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

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
