import { join } from 'node:path';
import { ok } from '../../../shared/result.ts';
import type { Bin } from '../base/bin.ts';
import type { HandlersOf } from '../base/handlers.ts';
import type { Offers } from './offers.ts';
import type { OwnRecipes } from './own-recipes.ts';
import { saveLog } from './save-log.ts';
import type { Launcher } from './types.ts';

/** What the window may ask of the launcher. */
export function createLaunchHandlers(parts: {
  readonly launcher: Launcher;
  readonly recipes: OwnRecipes;
  readonly offers: Offers;
  readonly hurry: (containerId: string) => void;
  /** Where logs are saved. */
  readonly folder: string;
  readonly bin: Bin;
}): HandlersOf<'launch' | 'recipes' | 'offers'> {
  const { launcher, recipes, offers, bin } = parts;
  return {
    'launch.preview': (order) => launcher.preview(order),
    async 'launch.start'(order, signal) {
      const started = await launcher.start(order, signal);
      if (started.ok) parts.hurry(order.containerId);
      return started;
    },
    'launch.refresh': ({ containerId }, signal) => launcher.refresh(containerId, signal),
    'launch.stop': ({ id, force = false }, signal) => launcher.stop(id, { force }, signal),
    async 'launch.restart'({ id }, signal) {
      const containerId = launcher.get(id)?.containerId;
      const restarted = await launcher.restart(id, signal);
      if (restarted.ok && containerId !== undefined) parts.hurry(containerId);
      return restarted;
    },
    'launch.remove': ({ id }, signal) => launcher.remove(id, signal),
    'launch.log': ({ id, ...part }, signal) => launcher.log(id, part, signal),
    'launch.search': ({ id, text }, signal) => launcher.search(id, text, signal),
    'launch.saveLog': ({ id }, signal) =>
      saveLog(launcher, id, {
        folder: join(parts.folder, 'saved-logs'),
        name: id.slice(id.lastIndexOf('/') + 1),
        signal,
      }),
    'recipes.save': (recipe) => recipes.save(recipe),
    'recipes.remove': ({ id }) => bin.keep(recipes.remove(id)),
    'recipes.share': ({ ids }) => ok({ text: recipes.share(ids) }),
    'recipes.take': ({ text }) => recipes.take(text),
    'offers.answer': ({ serviceId, how }) => bin.keep(ok(offers.answer(serviceId, how))),
  };
}
