import { expect, it } from 'vitest';
import { snippetsFor } from './snippets.ts';

const base = 'https://demo-llm.gear.example/v1';
const python = (needsKey: boolean) =>
  snippetsFor({ base, model: 'Qwen/Qwen3-8B', needsKey }).find(({ id }) => id === 'python')?.text;

it('points the official client at the address, with any key where none is asked for', () => {
  expect(python(false)).toContain(`OpenAI(base_url="${base}", api_key="none")`);
  expect(python(false)).toContain('model="Qwen/Qwen3-8B"');
});

it('leaves a place for a key that is asked for, and never holds one', () => {
  expect(python(true)).toContain('api_key="YOUR_API_KEY"');
});

it('keeps an address and a model as one text in each language', () => {
  const model = `a"b'c\\d`;
  for (const { id, text } of snippetsFor({ base, model, needsKey: false })) {
    if (id === 'python' || id === 'javascript') expect(text, id).toContain(JSON.stringify(model));
  }
});
