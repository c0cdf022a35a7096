import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import ssh2 from 'ssh2';
import { afterEach, expect, it } from 'vitest';
import { createCleanup } from '../../testing/index.ts';
import { execOn } from './exec.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

it('runs many commands at once without a warning of listeners that pile up', async () => {
  const warnings: string[] = [];
  const note = (warning: Error) => warnings.push(warning.message);
  process.on('warning', note);
  cleanup.later(() => void process.off('warning', note));
  const client = await connected();
  const { signal } = new AbortController();
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      execOn(client, `echo ${index}`, { signal, timeoutMs: 20_000, maxBytes: 1_000 }),
    ),
  );
  expect(answers.every((answer) => answer.ok)).toBe(true);
  expect(warnings).toEqual([]);
});

async function connected() {
  const key = ssh2.utils.generateKeyPairSync('ed25519').private;
  const server = new ssh2.Server({ hostKeys: [key] }, (connection) => {
    connection.on('error', () => {});
    connection.on('authentication', (context) => context.accept());
    connection.on('session', (accept) => {
      accept().on('exec', (acceptExec, _reject, { command }) => {
        const channel = acceptExec();
        channel.write(command);
        channel.exit(0);
        channel.end();
      });
    });
  });
  const listener = createServer((socket) => {
    cleanup.later(() => void socket.destroy());
    socket.on('error', () => {});
    server.injectSocket(socket);
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  cleanup.later(() => void listener.close());
  const client = new ssh2.Client();
  const sock = connect((listener.address() as AddressInfo).port, '127.0.0.1');
  client.connect({ sock, username: 'x' }).on('error', () => {});
  cleanup.later(() => void client.destroy());
  await once(client, 'ready');
  return client;
}
