import type { Connection } from '../../../shared/model/connection.ts';
import type { Command } from '../command.ts';
import { exitStatus } from '../io.ts';
import { table, type VerbTools, verb } from '../verb.ts';

export const list = verb(async ({ engine, json, io, show }) => {
  const all = Object.values(engine.state().connections);
  if (json) {
    for (const connection of all) io.out(JSON.stringify(connection));
    return exitStatus.done;
  }
  const rows = all.map(({ name, user, host, port, state }) => [name, `${user}@${host}:${port}`, state.kind]);
  return show('connections', {}, ...table(['NAME', 'MACHINE', 'STATE'], rows));
});

export const add = verb(async ({ engine, word, answer, show }) =>
  answer(await engine.ask('connections.paste', { command: word(0) }), (value) =>
    show('connection', value, value.id),
  ),
);

const named = (work: (tools: VerbTools, connection: Connection) => Promise<number>): Command =>
  verb(async (tools) => {
    const found = Object.values(tools.engine.state().connections).find(
      ({ id, name }) => id === tools.word(0) || name === tools.word(0),
    );
    if (found !== undefined) return work(tools, found);
    tools.io.fail('connection_not_found', `no connection is called ${tools.word(0)}.`);
    return exitStatus.failed;
  });

export const connect = named(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('connections.connect', { id })),
);
export const disconnect = named(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('connections.disconnect', { id })),
);
export const remove = named(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('connections.remove', { id })),
);
