import { connect as connectTcp } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanup, createHandClock, until } from '../../testing/index.ts';
import { systemClock } from '../base/effects.ts';
import { Secret } from '../base/secret.ts';
import { connectSsh } from './connect.ts';
import { StreamSocket } from './stream-socket.ts';
import { sendRaw, startTestServer } from './testing/server.ts';

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
    const through = new StreamSocket(connectTcp(server.port, server.host));
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

  it('waits for a server that takes 25 s to sign somebody in, and counts that down', async () => {
    const clock = createHandClock();
    let accept: (() => void) | undefined;
    const server = await startTestServer(cleanup, (connection) => {
      connection.removeAllListeners('authentication');
      connection.on('authentication', (context) => {
        accept = () => context.accept();
      });
    });
    const phases: string[] = [];
    const connected = connectSsh({
      ...{ ...how, clock },
      endpoint: { ...server, user: 'root', runId: 'run', password: new Secret('x') },
      signal: new AbortController().signal,
      onPhase: (phase, silentMs) => void phases.push(`${phase} ${silentMs / 1_000}`),
    });
    const answer = await until('the login', () => accept);
    clock.pass(25_000);
    answer();
    const result = await connected;
    expect(result.ok).toBe(true);
    if (result.ok) result.value.client.destroy();
    expect([...new Set(phases)]).toEqual(['reach 30', 'greet 30', 'agree 60', 'sign_in 120']);
    expect(clock.waiting()).toBe(0);
  });

  it('is given up by a server that says nothing more in the middle of it', async () => {
    const clock = createHandClock();
    let asked = false;
    const server = await startTestServer(cleanup, (connection) => {
      connection.removeAllListeners('authentication');
      connection.on('authentication', () => {
        asked = true;
      });
    });
    const connected = connectSsh({
      ...{ ...how, clock },
      endpoint: { ...server, user: 'root', runId: 'run', password: new Secret('x') },
      signal: new AbortController().signal,
    });
    await until('the login', () => asked);
    clock.pass(150_000);
    expect(await connected).toMatchObject({ ok: false, error: { code: 'ssh_timeout' } });
  });

  it.each([
    [2, 'Too many authentication failures for root', 'ssh_too_many_tries'],
    [13, 'Account expired', 'ssh_login_ended'],
    [12, 'No room', 'ssh_ended_by_server'],
    [11, 'Closed for the night', 'ssh_ended_by_server'],
  ])('that the server ends with reason %i and "%s" is told as it says', async (reason, text, code) => {
    const server = await startTestServer(cleanup, (connection) => {
      connection.removeAllListeners('authentication');
      connection.on('authentication', () => sendRaw(connection, 1, reason, text, ''));
    });
    const connected = await connectSsh({
      ...how,
      endpoint: { ...server, user: 'root', runId: 'run', password: new Secret('x') },
      signal: new AbortController().signal,
    });
    const params = code === 'ssh_too_many_tries' ? { user: 'root' } : { text };
    expect(connected).toMatchObject({ ok: false, error: { code, params } });
  });
});
