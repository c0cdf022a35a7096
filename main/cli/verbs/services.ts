import { exitStatus } from '../io.ts';
import { containerVerb, serviceVerb } from '../verb.ts';

const choices = ['auto', 'public', 'tunnel'] as const;

export const add = containerVerb(async ({ engine, word, answer, show }, { id }) =>
  answer(await engine.ask('services.add', { containerId: id, port: word(1) }), (value) =>
    show('service', value, value.serviceId),
  ),
);
export const remove = serviceVerb(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('services.remove', { serviceId: id })),
);
export const check = serviceVerb(async ({ engine, answer, show }, { id }) =>
  answer(await engine.ask('services.check', { serviceId: id }), () => {
    const health = engine.state().services[id]?.health;
    return show('health', { ...health }, `public ${health?.public.state}`, `tunnel ${health?.tunnel.state}`);
  }),
);
export const route = serviceVerb(async ({ engine, word, answer, io }, { id }) => {
  const choice = choices.find((each) => each === word(1));
  if (choice !== undefined) return answer(await engine.ask('services.setRoute', { serviceId: id, choice }));
  io.fail('bad_request', `a route is ${choices.join(', ')}, and not ${word(1)}.`);
  return exitStatus.wrongUsage;
});
