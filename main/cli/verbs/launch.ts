import { recipes } from '../../../shared/launch/index.ts';
import { recipeIds } from '../../../shared/model/recipe-ids.ts';
import type { Command } from '../command.ts';
import { textIn } from '../engine-options.ts';
import { exitStatus } from '../io.ts';
import { containerVerb, listed, table, verb } from '../verb.ts';

export const recipeList: Command = async ({ options }, io) => {
  for (const recipe of recipes) {
    const fields = recipe.fields.map(({ key }) => key);
    if (options.json === true) io.out(JSON.stringify({ id: recipe.id, fields }));
    else io.out(`${recipe.id.padEnd(14)} ${fields.join(', ')}`.trimEnd());
  }
  return exitStatus.done;
};

export const list = verb(async ({ engine, json, io, show }) => {
  await listed(engine);
  const { launches, containers } = engine.state();
  if (json) {
    for (const launch of Object.values(launches)) io.out(JSON.stringify(launch));
    return exitStatus.done;
  }
  const rows = Object.values(launches).map(({ id, name, containerId, state, port }) => [
    containers[containerId]?.name ?? '',
    name,
    state.kind,
    port === undefined ? '' : `:${port}`,
    id,
  ]);
  return show('launches', {}, ...table(['CONTAINER', 'NAME', 'STATE', 'PORT', 'ID'], rows));
});

export const start = containerVerb(async ({ engine, names, word, options, io, answer, show }, { id }) => {
  const pairs = names.slice(2).map((pair) => [pair.split('=', 1)[0] ?? '', pair] as const);
  const wrong = pairs.find(([key, pair]) => key === '' || !pair.includes('='));
  if (wrong !== undefined) {
    io.fail('bad_request', `a value is written as NAME=VALUE, and not as ${wrong[1]}.`);
    return exitStatus.wrongUsage;
  }
  const recipe = recipeIds.find((each) => each === word(1));
  if (recipe === undefined) {
    io.fail('recipe_not_found', `no recipe is called ${word(1)}: gearway launch recipes lists them.`);
    return exitStatus.failed;
  }
  const order = {
    containerId: id,
    recipe,
    name: textIn(options, 'name') ?? '',
    values: Object.fromEntries(pairs.map(([key, pair]) => [key, pair.slice(key.length + 1)])),
  };
  if (options.preview === true)
    return answer(await engine.ask('launch.preview', order), (value) =>
      show('preview', value, value.preview),
    );
  return answer(await engine.ask('launch.start', order), (value) => show('launch', value, value.id));
});

export const stop = verb(async ({ engine, word, options, answer }) =>
  answer(await engine.ask('launch.stop', { id: word(0), force: options.force === true })),
);
export const restart = verb(async ({ engine, word, answer }) =>
  answer(await engine.ask('launch.restart', { id: word(0) })),
);
export const remove = verb(async ({ engine, word, answer }) =>
  answer(await engine.ask('launch.remove', { id: word(0) })),
);

const mostLogBytes = 262_144;

export const log = verb(async ({ engine, word, answer, show }) =>
  answer(await engine.ask('launch.log', { id: word(0), from: -1, most: mostLogBytes }), (part) =>
    show('log', part, part.text.replace(/\n$/, '')),
  ),
);
