import type { Recipe } from '../../../shared/launch/recipe.ts';
import type { Words } from '../../words/use-words.ts';

/** What a recipe is called: programs have one name everywhere, the two that are none have words. Pure. */
export function recipeName({ id, name }: Pick<Recipe, 'id' | 'name'>, { texts: { launch } }: Words): string {
  return id === 'static' || id === 'command' ? launch.names[id] : name;
}
