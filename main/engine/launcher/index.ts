export { createLaunchHandlers } from './handlers.ts';
export { createLauncher, type Launcher } from './launcher.ts';
export { look } from './look.ts';
export { createOffers, type Offers } from './offers.ts';
export { createOwnRecipes, type OwnRecipes } from './own-recipes.ts';
export { createLaunchWatch, type LaunchWatch } from './watch.ts';
