import type { Mapping } from '../../../shared/model/container.ts';
import { readPort } from '../../../shared/platform-rules/index.ts';
import { exitStatus } from '../io.ts';
import { containerVerb, listed, table, verb } from '../verb.ts';

export const list = verb(async ({ engine, word, json, io, show }) => {
  await listed(engine);
  const of = word(0);
  const all = Object.values(engine.state().containers).filter(
    ({ id, name }) => of === '' || id === of || name === of,
  );
  const has = (mappings: readonly Mapping[] | 'unknown' | undefined, { port }: Mapping) =>
    mappings !== undefined && mappings !== 'unknown' && mappings.some((each) => each.port === port);
  const rows = all.flatMap((container) => {
    const now = container.mappings === 'unknown' ? [] : container.mappings;
    const next = container.pendingMappings;
    const fresh = (next ?? []).filter((mapping) => !has(now, mapping));
    return [...now, ...fresh].map((mapping) => ({
      container: container.name,
      containerId: container.id,
      ...mapping,
      state: !has(now, mapping)
        ? 'from the next start'
        : next !== undefined && !has(next, mapping)
          ? 'until the next start'
          : 'in effect',
    }));
  });
  if (json) {
    for (const row of rows) io.out(JSON.stringify(row));
    return exitStatus.done;
  }
  const cells = rows.map(({ container, port, name, state }) => [container, String(port), name ?? '', state]);
  return show('mappings', {}, ...table(['CONTAINER', 'PORT', 'NAME', 'STATE'], cells));
});

export const add = containerVerb(async ({ engine, word, answer }, { id }) =>
  answer(await engine.ask('mappings.add', { containerId: id, port: word(1), name: word(2) })),
);

export const remove = containerVerb(async ({ engine, word, answer, io }, { id }) => {
  const port = readPort(word(1));
  if (port !== undefined) return answer(await engine.ask('mappings.remove', { containerId: id, port }));
  io.fail('port_invalid', `${word(1)} is no port.`);
  return exitStatus.wrongUsage;
});

export const discard = containerVerb(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('mappings.discard', { containerId: id })),
);
export const apply = containerVerb(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('containers.restart', { containerId: id })),
);
