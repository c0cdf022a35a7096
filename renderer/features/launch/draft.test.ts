import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../../shared/launch/recipe.ts';
import { findRecipe } from '../../../shared/launch/recipes.ts';
import { makeContainer } from '../../testing/make.ts';
import { beginDraft, checkDraft, withoutSecrets } from './draft.ts';

const recipeOf = (id: string): Recipe => {
  const recipe = findRecipe(id);
  if (recipe === undefined) throw new Error(`No recipe ${id}.`);
  return recipe;
};
const container = makeContainer({
  mappings: [{ port: 7860, name: 'web' }],
  pendingMappings: [{ port: 9000 }],
});

describe('a draft of a service', () => {
  it.each([
    ['a mapped port listens on all addresses', '7860', '0.0.0.0', true],
    ['one that the next start maps too', '9000', '0.0.0.0', true],
    ['any other for a tunnel only', '8000', '127.0.0.1', false],
  ])('%s', (_what, port, host, mapped) => {
    const { preview, portIsMapped } = checkDraft(recipeOf('static'), { port }, container);
    expect(preview).toContain(`--bind=${host}`);
    expect(portIsMapped).toBe(mapped);
  });

  it('shows no command while a field is wrong, and says which', () => {
    const checked = checkDraft(recipeOf('vllm'), { port: '99999' }, container);
    expect(checked.preview).toBeUndefined();
    expect(checked.violations).toEqual([
      { field: 'model', code: 'field_needed' },
      { field: 'port', code: 'port_invalid' },
    ]);
  });

  it('hides a secret in the command and keeps none', () => {
    const recipe = recipeOf('vllm');
    const typed = { ...beginDraft(recipe), model: 'some/model', apiKey: 'sk-secret' };
    expect(checkDraft(recipe, typed, container).preview).toContain('VLLM_API_KEY=');
    expect(checkDraft(recipe, typed, container).preview).not.toContain('sk-secret');
    expect(JSON.stringify(withoutSecrets(recipe, typed))).not.toContain('sk-secret');
  });

  it('begins with a person’s own values', () => {
    const own = { id: 'o', name: 'mine', recipe: 'static' as const, values: { port: '8123' } };
    expect(beginDraft(recipeOf('static'), own)).toEqual({
      folder: '',
      port: '8123',
      host: '',
      hfToken: '',
      hfEndpoint: '',
      cudaDevices: '',
      env: '',
    });
  });
});
