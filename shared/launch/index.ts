export { type BuiltCommand, commandOf, type LaunchValues } from './command.ts';
export { checkLaunch, type LaunchViolation, secretFieldsOf, withDefaults } from './fields.ts';
export { findRecipe, type Recipe, type RecipeField, type RecipeId, recipeIds } from './recipe.ts';
export { exportRecipes, mostRecipes, readRecipesFile } from './recipe-file.ts';
export { recipes } from './recipes.ts';
