import type { Connection, ServerChannel } from 'ssh2';
import { afterEach, expect, it } from 'vitest';
import { createCleanup, until } from '../../testing/index.ts';
import { systemClock } from '../base/effects.ts';
import { execOn } from './exec.ts';
import { connectTestClient } from './testing/server.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

it('runs many commands at once without a warning of listeners that pile up', async () => {
  const warnings: string[] = [];
  const note = (warning: Error) => warnings.push(warning.message);
  process.on('warning', note);
  cleanup.later(() => void process.off('warning', note));
  const client = await connectTestClient(cleanup, (connection) => onExec(connection, answer));
  const { signal } = new AbortController();
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      execOn(client, `echo ${index}`, { signal, timeoutMs: 20_000, maxBytes: 1_000 }, systemClock),
    ),
  );
  expect(answers.every((answer) => answer.ok)).toBe(true);
  expect(warnings).toEqual([]);
});

it('that is given up before its channel stands leaves nothing running', async () => {
  let begun = false;
  let closed = false;
  const client = await connectTestClient(cleanup, (connection) =>
    onExec(connection, (channel) => {
      begun = true;
      channel.resume().on('close', () => {
        closed = true;
      });
    }),
  );
  const life = new AbortController();
  const answer = execOn(
    client,
    'sleep 100',
    { signal: life.signal, timeoutMs: 20_000, maxBytes: 1_000 },
    systemClock,
  );
  life.abort();
  expect(await answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  await until('the command to begin all the same', () => begun);
  await until('its channel to be closed', () => closed);
});

it('that was given up before it began is not sent', async () => {
  const commands: string[] = [];
  const client = await connectTestClient(cleanup, (connection) =>
    onExec(connection, (channel, command) => {
      commands.push(command);
      answer(channel, command);
    }),
  );
  const how = { timeoutMs: 20_000, maxBytes: 1_000 };
  const given = await execOn(client, 'first', { ...how, signal: AbortSignal.abort() }, systemClock);
  expect(given).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(
    (await execOn(client, 'second', { ...how, signal: new AbortController().signal }, systemClock)).ok,
  ).toBe(true);
  expect(commands).toEqual(['second']);
});

function onExec(connection: Connection, run: (channel: ServerChannel, command: string) => void): void {
  connection.on('session', (accept) => {
    accept().on('exec', (acceptExec, _reject, { command }) => run(acceptExec(), command));
  });
}

function answer(channel: ServerChannel, command: string): void {
  channel.write(command);
  channel.exit(0);
  channel.end();
}
