import { z } from 'zod';
import { type OwnRecipe, ownRecipeSchema } from '../model/launch.ts';
import { fail, ok, type Result } from '../result.ts';
import { keptValues } from './environment.ts';
import { findRecipe } from './recipes.ts';

/** Of a person's own; a file may bring as many. */
export const mostRecipes = 200;
const mostFileChars = 2_000_000;

const fileSchema = z.strictObject({
  gearway: z.literal('recipes'),
  version: z.literal(1),
  recipes: z.array(ownRecipeSchema.omit({ id: true })).max(mostRecipes),
});

/** A person's own recipes as a file for others. Secrets are no part of a recipe. */
export const exportRecipes = (recipes: readonly OwnRecipe[]): string =>
  `${JSON.stringify(
    {
      gearway: 'recipes',
      version: 1,
      recipes: recipes.map(({ name, recipe, values }) => ({
        name,
        recipe,
        values: withoutSecrets(recipe, values),
      })),
    },
    null,
    2,
  )}\n`;

/** What such a file holds. It comes from somebody else: nothing of it runs before its command was shown. `recipes_unreadable`. */
export function readRecipesFile(text: string): Result<readonly Omit<OwnRecipe, 'id'>[]> {
  if (text.length > mostFileChars) return fail('recipes_unreadable');
  try {
    const read = fileSchema.safeParse(JSON.parse(text));
    if (!read.success)
      return fail('recipes_unreadable', { detail: read.error.issues[0]?.message.slice(0, 200) });
    return ok(read.data.recipes.map((one) => ({ ...one, values: withoutSecrets(one.recipe, one.values) })));
  } catch {
    return fail('recipes_unreadable');
  }
}

function withoutSecrets(id: string, values: OwnRecipe['values']): OwnRecipe['values'] {
  const recipe = findRecipe(id);
  return recipe === undefined ? values : keptValues(recipe, values);
}
