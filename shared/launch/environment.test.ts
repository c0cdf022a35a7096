import { describe, expect, it } from 'vitest';
import { checkLaunch, commandOf, findRecipe, keptValues, recipes, withDefaults } from './index.ts';

const build = (id: string, typed: Record<string, string>) => {
  const recipe = findRecipe(id);
  if (recipe === undefined) throw new Error(id);
  const values = withDefaults(recipe, typed, () => false);
  return {
    ...commandOf(recipe, values),
    kept: keptValues(recipe, values),
    broken: checkLaunch(recipe, values),
  };
};
const typed = {
  hfToken: 'hf_secret',
  hfEndpoint: 'https://hf-mirror.example',
  cudaDevices: '0,1',
  env: `MODE=fast OPENAI_API_KEY=sk-secret NAME='two words'`,
};

describe('the environment of a program', () => {
  it('is a part of every recipe’s form', () => {
    for (const { fields } of recipes)
      expect(fields.map(({ key }) => key)).toEqual(expect.arrayContaining(Object.keys(typed)));
  });

  it('stands before its command, whole', () => {
    expect(build('static', { ...typed, port: '9000' }).line).toBe(
      "HF_TOKEN=hf_secret HF_ENDPOINT=https://hf-mirror.example CUDA_VISIBLE_DEVICES=0,1 MODE=fast OPENAI_API_KEY=sk-secret NAME='two words' python3 -u -m http.server --bind=127.0.0.1 9000",
    );
    expect(build('command', { line: 'a | b', env: 'A=1' }).line).toContain('export A=1; a | b');
  });

  it('shows no value of a token, key or password, and keeps none', () => {
    const { preview, kept } = build('vllm', { ...typed, model: 'm' });
    expect(preview).toContain("OPENAI_API_KEY='•••'");
    expect(preview + JSON.stringify(kept)).not.toContain('secret');
    expect(kept.env).toBe("MODE=fast NAME='two words'");
  });

  it.each([
    ['', true],
    ['A=1 b_2=', true],
    ['A=$(id)', true],
    ['A', false],
    ['1A=2', false],
    ['A-B=2', false],
    [`A='open`, false],
  ])('takes %j: %s', (env, right) => {
    expect(build('static', { env }).broken.length === 0).toBe(right);
  });

  it('hands a value on as the text that it is', () => {
    expect(build('static', { env: 'A=$(id)' }).line).toContain("A='$(id)' ");
  });
});
