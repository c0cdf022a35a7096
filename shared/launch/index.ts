export { commandOf, type LaunchValues } from './command.ts';
export { checkLaunch, secretFieldsOf, withDefaults } from './fields.ts';
export { findRecipe, type Recipe } from './recipe.ts';
export { exportRecipes, mostRecipes, readRecipesFile } from './recipe-file.ts';
export { recipes } from './recipes.ts';
