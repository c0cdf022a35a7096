import { version } from '../../engine/base/version.ts';
import { findService } from '../find-service.ts';
import { exitStatus } from '../io.ts';
import { table, type VerbTools, verb } from '../verb.ts';

const filterOf = ({ engine, word }: VerbTools) => {
  const found = word(0) === '' ? undefined : findService(engine.state(), word(0));
  return word(0) === '' ? {} : { serviceId: found?.id ?? word(0) };
};

export const list = verb(async (tools) => {
  const { engine, answer, json, io, show } = tools;
  return answer(await engine.ask('inspector.list', { ...filterOf(tools), limit: 200 }), ({ exchanges }) => {
    if (json) {
      for (const exchange of exchanges) io.out(JSON.stringify(exchange));
      return exitStatus.done;
    }
    const rows = exchanges.map((exchange) => [
      exchange.id,
      exchange.method,
      String(exchange.status ?? ''),
      exchange.path,
    ]);
    return show('exchanges', {}, ...table(['ID', 'METHOD', 'STATUS', 'PATH'], rows));
  });
});
export const show = verb(async ({ engine, word, answer, show: print }) =>
  answer(await engine.ask('inspector.get', { id: word(0) }), (exchange) =>
    print('exchange', exchange, JSON.stringify(exchange, undefined, 2)),
  ),
);
export const curl = verb(async ({ engine, word, answer, show: print }) =>
  answer(await engine.ask('inspector.curl', { id: word(0) }), (value) => print('curl', value, value.command)),
);
export const replay = verb(async ({ engine, word, options, answer, show: print }) =>
  answer(
    await engine.ask('inspector.replay', {
      id: word(0),
      routes: options.both === true ? 'both' : 'same',
      confirmed: options.confirm === true,
    }),
    (value) => print('replay', value, JSON.stringify(value.answers, undefined, 2)),
  ),
);
export const har = verb(async (tools) =>
  tools.answer(await tools.engine.ask('inspector.har', { ...filterOf(tools), version }), (value) =>
    tools.show('har', value, value.text),
  ),
);
