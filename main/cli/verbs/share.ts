import { textIn } from '../engine-options.ts';
import { exitStatus } from '../io.ts';
import { listed, serviceVerb, table, type VerbTools, verb } from '../verb.ts';
import { typedText } from './typed-text.ts';

const kinds = ['link', 'key', 'password'] as const;
const usualHours = '24';

/** When it ends, in ms since the epoch; `null`: never. `undefined`: what was typed is no number of hours. */
function endOf({ options }: VerbTools): number | null | undefined {
  const hours = Number(textIn(options, 'hours') ?? usualHours);
  if (!Number.isFinite(hours) || hours < 0) return undefined;
  return hours === 0 ? null : Date.now() + hours * 3_600_000;
}

const wrongHours = ({ io }: VerbTools): number => {
  io.fail('bad_request', 'hours are a number; 0 has no end.');
  return exitStatus.wrongUsage;
};

export const share = serviceVerb(async (tools, { id }) => {
  const { engine, options, io, answer, show } = tools;
  const kind = kinds.find((each) => each === (textIn(options, 'kind') ?? 'link'));
  const until = endOf(tools);
  if (until === undefined) return wrongHours(tools);
  if (kind === undefined) {
    io.fail('bad_request', `a way in is ${kinds.join(', ')}.`);
    return exitStatus.wrongUsage;
  }
  const shared = await engine.ask('gate.share', {
    serviceId: id,
    kind,
    name: textIn(options, 'name') ?? '',
    until,
    ...(options.once === true ? { once: true } : {}),
    ...(options.restart === true ? { restart: true } : {}),
    ...(kind === 'password' ? { password: await typedText() } : {}),
  });
  return answer(shared, (value) => show('share', value, value.secret ?? value.address ?? ''));
});

export const plan = serviceVerb(async ({ engine, answer, show }, { id }) =>
  answer(await engine.ask('gate.plan', { serviceId: id }), (value) =>
    show('plan', value, value.kind, value.address ?? '', ...value.commands),
  ),
);
export const check = serviceVerb(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('gate.check', { serviceId: id })),
);
export const start = serviceVerb(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('gate.start', { serviceId: id })),
);
export const remove = serviceVerb(async ({ engine, options, answer }, { id }) =>
  answer(await engine.ask('gate.remove', { serviceId: id, open: options.open === true })),
);
export const revoke = serviceVerb(async ({ engine, word, answer }, { id }) =>
  answer(await engine.ask('gate.revoke', { serviceId: id, grantId: word(1) })),
);
export const renew = serviceVerb(async (tools, { id }) => {
  const until = endOf(tools);
  if (until === undefined) return wrongHours(tools);
  return tools.answer(await tools.engine.ask('gate.renew', { serviceId: id, grantId: tools.word(1), until }));
});

export const list = verb(async ({ engine, json, io, show }) => {
  await listed(engine);
  const gates = Object.values(engine.state().gates);
  if (json) {
    for (const gate of gates) io.out(JSON.stringify(gate));
    return exitStatus.done;
  }
  const { services } = engine.state();
  const rows = gates.flatMap(({ id, state, grants }) => [
    [services[id]?.name ?? id, state, '', ''],
    ...grants.map((grant) => ['', grant.revoked === true ? 'revoked' : grant.kind, grant.name, grant.id]),
  ]);
  return show('gates', {}, ...table(['SERVICE', 'STATE', 'FOR', 'GRANT'], rows));
});
