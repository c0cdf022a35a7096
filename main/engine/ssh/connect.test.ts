import { connect as connectTcp } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanup } from '../../testing/index.ts';
import { systemClock } from '../base/effects.ts';
import { connectSsh } from './connect.ts';
import { startTestServer } from './testing/server.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

const how = {
  hostKeys: { pin: () => undefined, remember: () => {} },
  clock: systemClock,
  onKey: () => {},
} as const;

describe('a connection', () => {
  it('takes its question to a person back when the server gives up', async () => {
    const server = await startTestServer(cleanup, (connection) => {
      connection.removeAllListeners('authentication');
      connection.on('authentication', (context) => {
        if (context.method === 'keyboard-interactive')
          context.prompt([{ prompt: 'Code', echo: true }], '', '', () => {});
        else context.reject(['keyboard-interactive']);
      });
    });
    let asked: AbortSignal | undefined;
    const connected = await connectSsh({
      ...how,
      endpoint: {
        ...server,
        user: 'root',
        runId: 'run',
        ask(_question, signal) {
          asked = signal;
          return new Promise(() => {});
        },
      },
      signal: new AbortController().signal,
      readyMs: 300,
    });
    expect(connected).toMatchObject({ ok: false, error: { code: 'ssh_timeout' } });
    expect(asked?.aborted).toBe(true);
  });

  it('that nobody waits for any more is not made through a jump host either', async () => {
    let logins = 0;
    const server = await startTestServer(cleanup, (connection) => {
      connection.on('ready', () => {
        logins += 1;
      });
    });
    const through = connectTcp(server.port, server.host);
    const connected = await connectSsh({
      ...how,
      endpoint: { ...server, user: 'root', runId: 'run' },
      signal: AbortSignal.abort(),
      through,
    });
    expect(connected).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(through.destroyed).toBe(true);
    expect(logins).toBe(0);
  });
});
