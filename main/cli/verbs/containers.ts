import type { Container } from '../../../shared/model/container.ts';
import { containerVerb, listed, table, verb } from '../verb.ts';

const statusOf = ({ status, busy }: Container): string =>
  busy !== undefined
    ? String(typeof busy === 'string' ? busy : 'busy')
    : status.kind === 'pending'
      ? status.raw.toLowerCase()
      : status.kind === 'ended'
        ? status.how
        : status.kind;

export const list = verb(async ({ engine, json, io, show }) => {
  await listed(engine);
  const all = Object.values(engine.state().containers);
  if (json) {
    for (const container of all) io.out(JSON.stringify(container));
    return 0;
  }
  const rows = all.map((container) => [container.name, statusOf(container), container.mode, container.id]);
  return show('containers', {}, ...table(['CONTAINER', 'STATUS', 'MODE', 'ID'], rows));
});

export const show = containerVerb(async ({ show: print }, container) =>
  print('container', container, JSON.stringify(container, undefined, 2)),
);

export const start = containerVerb(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('containers.start', { containerId: id })),
);
export const stop = containerVerb(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('containers.stop', { containerId: id })),
);
export const restart = containerVerb(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('containers.restart', { containerId: id })),
);

export const log = containerVerb(async ({ engine, answer, show: print }, { id }) =>
  answer(await engine.ask('containers.logs', { containerId: id }), (value) =>
    print('log', value, value.text.replace(/\n$/, '')),
  ),
);
