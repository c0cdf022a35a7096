import { randomUUID } from 'node:crypto';
import type { Service } from '../../../shared/model/service.ts';
import { exitStatus } from '../io.ts';
import { serviceVerb } from '../verb.ts';

/** The stable address where there is one: it takes whichever route works. */
export const routeOf = (service: Service) => (service.local?.route === undefined ? 'tunnel' : 'local');

export const list = serviceVerb(async ({ engine, json, io, answer }, service) =>
  answer(await engine.ask('llm.models', { serviceId: service.id, route: routeOf(service) }), (models) => {
    for (const model of models) io.out(json ? JSON.stringify(model) : model.id);
    return exitStatus.done;
  }),
);

export const ask = serviceVerb(async ({ engine, word, json, io, answer }, service) => {
  const id = randomUUID();
  let told = 0;
  const tell = () => {
    const text = engine.state().chats[id]?.text ?? '';
    const end = text.lastIndexOf('\n') + 1;
    if (json || end <= told) return;
    io.out(text.slice(told, end - 1));
    told = end;
  };
  const forget = engine.onChange(tell);
  const asked = await engine.ask('llm.chat', {
    id,
    serviceId: service.id,
    route: routeOf(service),
    model: word(1),
    messages: [{ role: 'user', content: word(2) }],
  });
  // What is published comes a moment after the answer.
  await engine.until(
    ({ chats }) => chats[id] !== undefined && !['waiting', 'streaming'].includes(chats[id].state.kind),
    2_000,
  );
  forget();
  const chat = engine.state().chats[id];
  await engine.ask('llm.forgetChat', { id });
  return answer(asked, () => {
    if (json) io.out(JSON.stringify({ event: 'answer', model: word(1), text: chat?.text ?? '' }));
    else io.out((chat?.text ?? '').slice(told));
    return exitStatus.done;
  });
});
