import type { Recipe } from '../../../shared/launch/recipe.ts';
import type { OwnRecipe } from '../../../shared/model/launch.ts';

/** A recipe of ours, or one of a person's own that is made from it. */
export interface ChosenRecipe {
  readonly recipe: Recipe;
  readonly own?: OwnRecipe;
}
