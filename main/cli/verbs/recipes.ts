import { exitStatus } from '../io.ts';
import { verb } from '../verb.ts';
import { typedText } from './typed-text.ts';

export const share = verb(async ({ engine, answer, show }) =>
  answer(await engine.ask('recipes.share', {}), (value) => show('recipes', value, value.text.trimEnd())),
);
export const take = verb(async ({ engine, answer, show }) =>
  answer(await engine.ask('recipes.take', { text: await typedText() }), (value) =>
    show('recipes', value, `${value.count} taken.`),
  ),
);
export const remove = verb(async ({ engine, word, answer }) =>
  answer(await engine.ask('recipes.remove', { id: word(0) })),
);
export const search = verb(async ({ engine, word, json, io, answer }) =>
  answer(await engine.ask('launch.search', { id: word(0), text: word(1) }), (matches) => {
    for (const match of matches) io.out(json ? JSON.stringify(match) : match.text);
    return exitStatus.done;
  }),
);
