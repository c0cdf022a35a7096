export { createLaunchHandlers } from './handlers.ts';
export { createLauncher } from './launcher.ts';
export { createOffers, type Offers } from './offers.ts';
export { createOwnRecipes, type OwnRecipes } from './own-recipes.ts';
export type { Launcher } from './types.ts';
export { createLaunchWatch, type LaunchWatch } from './watch.ts';
