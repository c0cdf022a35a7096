export { commandOf, type LaunchValues } from './command.ts';
export { environmentFields, keptValues } from './environment.ts';
export { checkLaunch, withDefaults } from './fields.ts';
export type { Recipe } from './recipe.ts';
export { exportRecipes, mostRecipes, readRecipesFile } from './recipe-file.ts';
export { findRecipe, recipes } from './recipes.ts';
