import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { hostileTexts } from '../quoting/hostile-texts.ts';
import { readWords } from '../quoting/index.ts';
import {
  checkLaunch,
  commandOf,
  environmentFields,
  exportRecipes,
  findRecipe,
  type Recipe,
  readRecipesFile,
  recipes,
  withDefaults,
} from './index.ts';

const recipeOf = (id: string): Recipe => {
  const recipe = findRecipe(id);
  if (recipe === undefined) throw new Error(id);
  return recipe;
};
const build = (id: string, typed: Record<string, string>, mapped = false) => {
  const recipe = recipeOf(id);
  return commandOf(
    recipe,
    withDefaults(recipe, typed, () => mapped),
  );
};

describe('the command of a recipe', () => {
  it.each<[string, Record<string, string>, boolean, string]>([
    ['gradio', {}, true, 'GRADIO_SERVER_NAME=0.0.0.0 GRADIO_SERVER_PORT=7860 python3 -u app.py'],
    ['vllm', { model: 'Qwen/Qwen3-8B' }, false, 'vllm serve --host=127.0.0.1 --port=8000 Qwen/Qwen3-8B'],
    [
      'vllm',
      { model: '-m', contextLength: '8192', more: `--dtype "bfloat 16"` },
      false,
      `vllm serve --host=127.0.0.1 --port=8000 --max-model-len=8192 --dtype 'bfloat 16' -- -m`,
    ],
    [
      'sglang',
      { model: 'a b' },
      false,
      `python3 -m sglang.launch_server --model-path='a b' --host=127.0.0.1 --port=30000`,
    ],
    ['tensorboard', {}, false, 'tensorboard --logdir=runs --host=127.0.0.1 --port=6006'],
    [
      'llamacpp',
      { modelFile: '~/m/q.gguf' },
      true,
      `llama-server --model "$HOME"/m/q.gguf --host 0.0.0.0 --port 8080`,
    ],
    ['static', { port: '9000' }, true, 'python3 -u -m http.server --bind=0.0.0.0 9000'],
    ['node', { script: '-x.js' }, false, 'HOST=127.0.0.1 PORT=3000 node ./-x.js'],
    ['redis', {}, false, 'redis-server --port 6379 --bind 127.0.0.1 --daemonize no'],
    ['command', { line: 'python app.py | tee x' }, false, 'export HOST=127.0.0.1; python app.py | tee x'],
  ])('%s with %j', (id, typed, mapped, line) => {
    expect(build(id, typed, mapped).line).toBe(line);
  });

  it('starts a model for everybody where its port is mapped', () => {
    const typed = { model: 'Qwen/Qwen3-8B', port: '8080' };
    expect(build('vllm', typed, true).line).toBe('vllm serve --host=0.0.0.0 --port=8080 Qwen/Qwen3-8B');
    expect(build('sglang', typed, true).line).toBe(
      'python3 -m sglang.launch_server --model-path=Qwen/Qwen3-8B --host=0.0.0.0 --port=8080',
    );
  });

  it('gives numbers to a command in plain digits', () => {
    expect(build('vllm', { model: 'm', port: ' ８０８０ ' }).line).toBe(
      'vllm serve --host=127.0.0.1 --port=8080 m',
    );
  });

  it('hides a secret in what is shown, and in nothing else', () => {
    const built = build('vllm', { model: 'm', apiKey: 'sk-top' });
    expect(built.preview).toBe(`VLLM_API_KEY='•••' vllm serve --host=127.0.0.1 --port=8000 m`);
    expect(built.line).toContain('VLLM_API_KEY=sk-top');
  });

  it('keeps twenty hostile values of each text field as one word of data', () => {
    for (const recipe of recipes) {
      for (const field of recipe.fields.filter(
        ({ kind }) => kind === 'text' || kind === 'path' || kind === 'secret',
      )) {
        for (const text of hostileTexts) {
          const needed = Object.fromEntries(
            recipe.fields
              .filter(({ needed }) => needed === true)
              .map(({ key, value }) => [key, value || 'x']),
          );
          const line = commandOf(recipe, { ...needed, [field.key]: text }).line;
          if (field.key === 'folder') continue;
          const words = readWords(line) ?? [];
          const data = field.kind === 'path' && text.startsWith('-') ? `./${text}` : text;
          expect(
            words.filter((word) =>
              [data, `=${data}`, `=${data};`].some((end, at) =>
                at === 0 ? word === end : word.endsWith(end),
              ),
            ),
            `${recipe.id} ${field.key}`,
          ).toHaveLength(1);
          // What a real shell makes of it is the same.
          const seen = spawnSync(
            'sh',
            ['-c', `show() { printf '%s\\037' "$@"; }; ${line.replace(/^(?:[A-Z_]+=\S* )*(?:\S+)/, 'show')}`],
            {
              encoding: 'utf8',
              env: { PATH: process.env.PATH, HOME: '/home' },
            },
          );
          // A variable is no word that the program is given.
          if (field.kind !== 'secret' && !environmentFields.includes(field))
            expect(seen.stdout.split('\u001f').some((word) => word.endsWith(data))).toBe(true);
        }
      }
    }
  });
});

describe('fields of a recipe', () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    ['vllm', {}, 'model field_needed'],
    ['vllm', { model: 'm' }, undefined],
    ['vllm', { model: 'm\0' }, 'model field_unreadable'],
    ['vllm', { model: 'x'.repeat(17_000) }, 'model field_too_long'],
    ['vllm', { model: 'm', port: '0' }, 'port port_invalid'],
    ['vllm', { model: 'm', host: '-h' }, 'host host_invalid'],
    ['vllm', { model: 'm', host: '::' }, undefined],
    ['vllm', { model: 'm', gpus: 'two' }, 'gpus number_invalid'],
    ['vllm', { model: 'm', port: '８０００', gpus: ' ２' }, undefined],
    ['vllm', { model: 'm', more: `--x 'y` }, 'more field_unreadable'],
  ])('%s with %j: %s', (id, typed, expected) => {
    const recipe = recipeOf(id);
    const broken = checkLaunch(
      recipe,
      withDefaults(recipe, typed, () => false),
    );
    expect(broken.map(({ field, code }) => `${field} ${code}`)[0]).toBe(expected);
  });

  it('lets no hostile text through as a port, a host or a number', () => {
    for (const recipe of recipes)
      for (const { key } of recipe.fields.filter(({ kind }) => ['port', 'host', 'number'].includes(kind)))
        for (const text of hostileTexts)
          expect(checkLaunch(recipe, { [key]: text }).some(({ field }) => field === key)).toBe(true);
  });

  it('have defaults that break no rule but the needed ones', () => {
    for (const recipe of recipes) {
      const codes = checkLaunch(
        recipe,
        withDefaults(recipe, {}, () => false),
      ).map(({ code }) => code);
      expect(codes.filter((code) => code !== 'field_needed')).toEqual([]);
    }
  });
});

describe('a file of recipes', () => {
  const own = {
    id: 'own-1',
    name: 'Mine',
    recipe: 'vllm',
    values: { model: 'm', apiKey: 'sk-top' },
  } as const;

  it('carries recipes to somebody else, without secrets', () => {
    const text = exportRecipes([own]);
    expect(text).not.toContain('sk-top');
    expect(readRecipesFile(text)).toEqual({
      ok: true,
      value: [{ name: 'Mine', recipe: 'vllm', values: { model: 'm' } }],
    });
  });

  it.each([
    '',
    'null',
    '[]',
    '{"gearway":"recipes","version":2,"recipes":[]}',
    '{"gearway":"recipes","version":1,"recipes":[{"name":"x","recipe":"rm","values":{}}]}',
    '{"gearway":"recipes","version":1,"recipes":[{"name":"","recipe":"node","values":{}}]}',
    '{"gearway":"recipes","version":1,"recipes":[{"name":"x","recipe":"node","values":{"a":1}}]}',
    '{"gearway":"recipes","version":1,"recipes":[],"more":1}',
  ])('%j is none', (text) => {
    expect(readRecipesFile(text)).toMatchObject({ ok: false, error: { code: 'recipes_unreadable' } });
  });
});
