import { exitStatus } from '../io.ts';
import { connectionVerb, table, verb } from '../verb.ts';

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

export const connect = connectionVerb(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('connections.connect', { id })),
);
export const disconnect = connectionVerb(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('connections.disconnect', { id })),
);
export const remove = connectionVerb(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('connections.remove', { id })),
);
