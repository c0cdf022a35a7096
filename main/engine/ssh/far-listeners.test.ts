import { afterEach, expect, it } from 'vitest';
import { createCleanup, until } from '../../testing/index.ts';
import { systemClock } from '../base/effects.ts';
import { farListeners } from './far-listeners.ts';
import { connectTestClient } from './testing/server.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

it('gives back a port that the far side opened after nobody waited for it any more', async () => {
  const asked: string[] = [];
  let open = () => {};
  const client = await connectTestClient(cleanup, (connection) => {
    connection.on('request', (accept, _reject, name) => {
      asked.push(name);
      if (name === 'tcpip-forward') open = () => accept?.();
      else accept?.();
    });
  });
  const listenFar = farListeners(client, systemClock, 50);
  const late = await listenFar('127.0.0.1', 7_860, () => {});
  expect(late).toMatchObject({ ok: false, error: { code: 'ssh_forward_refused' } });
  open();
  await until('the port to be given back', () => asked.includes('cancel-tcpip-forward'));
});
