import type { EngineRequestName } from '../../../shared/contract/requests.ts';
import type { Command } from '../command.ts';
import { exitStatus } from '../io.ts';
import { connectionVerb, table, verb } from '../verb.ts';
import { typedText } from './typed-text.ts';

export const list = verb(async ({ engine, word, json, io, show }) => {
  const of = word(0);
  const all = Object.values(engine.state().connections)
    .filter(({ id, name }) => of === '' || id === of || name === of)
    .flatMap(({ name, forwards }) => forwards.map((forward) => ({ connection: name, ...forward })));
  if (json) {
    for (const forward of all) io.out(JSON.stringify(forward));
    return exitStatus.done;
  }
  const rows = all.map(({ connection, direction, tunnel, id }) => [
    connection,
    direction,
    tunnel.local === undefined ? '' : `${tunnel.local.host}:${tunnel.local.port}`,
    tunnel.state.kind,
    id,
  ]);
  return show('forwards', {}, ...table(['CONNECTION', 'KIND', 'LOCAL', 'STATE', 'ID'], rows));
});

export const add = connectionVerb(async ({ engine, word, options, answer, show }, { id }) =>
  answer(
    await engine.ask('forwards.save', {
      connectionId: id,
      direction: options.remote === true ? 'remote' : options.dynamic === true ? 'dynamic' : 'local',
      forward: word(1),
      confirmed: options.others === true,
    }),
    (value) => show('forward', value, value.id),
  ),
);

type OfForward = Extract<EngineRequestName, `forwards.${'open' | 'close' | 'retry' | 'remove'}`>;
const byId = (name: OfForward): Command =>
  verb(async ({ engine, word, answer }) => answer<unknown>(await engine.ask(name, { id: word(0) })));
export const open = byId('forwards.open');
export const close = byId('forwards.close');
export const retry = byId('forwards.retry');
export const remove = byId('forwards.remove');

export const importable = verb(async ({ engine, answer, json, io, show }) =>
  answer(await engine.ask('connections.importable', {}), ({ hosts }) => {
    if (json) {
      for (const host of hosts) io.out(JSON.stringify(host));
      return exitStatus.done;
    }
    const rows = hosts.map(({ alias, user, host, port, known, problem }) => [
      alias,
      `${user}@${host}:${port}`,
      problem?.code ?? (known ? 'kept already' : ''),
    ]);
    return show('hosts', {}, ...table(['HOST', 'MACHINE', ''], rows));
  }),
);
export const takeHosts = verb(async ({ engine, names, answer, show }) =>
  answer(await engine.ask('connections.import', { aliases: [...names] }), (value) =>
    show('hosts', value, `${value.count} taken.`),
  ),
);

export const acceptKey = connectionVerb(async ({ engine, word, answer }, { id }) =>
  answer(await engine.ask('connections.acceptKey', { id, fingerprint: word(1) })),
);
export const giveSecret = connectionVerb(async ({ engine, options, answer }, { id }) =>
  answer(
    await engine.ask('connections.giveSecret', {
      id,
      secret: await typedText(),
      keep: options.keep === true,
    }),
  ),
);
