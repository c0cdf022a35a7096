import { z } from 'zod';
import {
  type LogMatch,
  type LogPart,
  launchValuesSchema,
  ownRecipeSchema,
  recipeIdSchema,
} from '../../model/launch.ts';
import type { Removed } from '../../model/removed.ts';
import { engine, idSchema, ofContainer } from './kinds.ts';

const launchId = z.string().min(1).max(300);
const launchOrder = z.strictObject({
  containerId: idSchema,
  recipe: recipeIdSchema,
  name: z.string().max(200),
  values: launchValuesSchema,
});

export const launchRequests = {
  /** The exact command, secrets hidden, and the values with their defaults; or the first rule that they break. */
  'launch.preview': engine<{ preview: string; values: Readonly<Record<string, string>> }>()(launchOrder),
  'launch.start': engine<{ id: string }>()(launchOrder),
  /** Asks the container what was started in it. */
  'launch.refresh': engine<null>()(ofContainer),
  /** Asks it to end and waits up to 10 s before it is forced; `force` waits for nothing. */
  'launch.stop': engine<null>()(z.strictObject({ id: launchId, force: z.boolean().optional() })),
  'launch.restart': engine<null>()(z.strictObject({ id: launchId })),
  /** Forgets one that ended, with its log. */
  'launch.remove': engine<null>()(z.strictObject({ id: launchId })),
  /** A part of a log from this byte on; below 0 its end. Asked again from `to` on, it is followed. */
  'launch.log': engine<LogPart>()(
    z.strictObject({
      id: launchId,
      from: z.int().min(-1),
      most: z.int().min(1).max(524_288),
      /** The log of the run before. */
      previous: z.boolean().optional(),
    }),
  ),
  'launch.search': engine<readonly LogMatch[]>()(z.strictObject({ id: launchId, text: z.string().max(500) })),
  /** Writes the whole log into a file of Gearway's own folder and names it. */
  'launch.saveLog': engine<{ file: string; bytes: number }>()(z.strictObject({ id: launchId })),
  'recipes.save': engine<{ id: string }>()(ownRecipeSchema.partial({ id: true })),
  'recipes.remove': engine<Removed>()(z.strictObject({ id: z.string().max(60) })),
  /** The text of a file with these recipes, or with all; secrets are not in it. */
  'recipes.share': engine<{ text: string }>()(
    z.strictObject({ ids: z.array(z.string().max(60)).max(200).optional() }),
  ),
  'recipes.take': engine<{ count: number }>()(z.strictObject({ text: z.string().max(2_000_000) })),
} as const;
