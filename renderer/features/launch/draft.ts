import { commandOf } from '../../../shared/launch/command.ts';
import { environmentFields, keptValues } from '../../../shared/launch/environment.ts';
import { checkLaunch, type LaunchViolation, withDefaults } from '../../../shared/launch/fields.ts';
import type { Recipe, RecipeField } from '../../../shared/launch/recipe.ts';
import { findRecipe } from '../../../shared/launch/recipes.ts';
import type { Container } from '../../../shared/model/container.ts';
import type { OwnRecipe } from '../../../shared/model/launch.ts';
import { readPort } from '../../../shared/platform-rules/index.ts';

/** Fields as typed, by key. */
export type Typed = Readonly<Record<string, string>>;

/** What stands in a form before anybody typed: the recipe's values, or a person's own. */
export function beginDraft(recipe: Recipe, own?: Pick<OwnRecipe, 'values'>): Typed {
  return Object.fromEntries(recipe.fields.map(({ key, value }) => [key, own?.values[key] ?? value]));
}

/** Is this port mapped, now or by the next start: then it must listen on all addresses. */
const isMapped = (container: Container, port: number): boolean =>
  [
    ...(container.mappings === 'unknown' ? [] : container.mappings),
    ...(container.pendingMappings ?? []),
  ].some((mapping) => mapping.port === port);

interface CheckedDraft {
  readonly violations: readonly LaunchViolation[];
  /** The exact command, secrets hidden; absent while a rule is broken. */
  readonly preview?: string;
  readonly portIsMapped: boolean;
}

/** The same rules and the same command as in the engine, while it is typed. Pure. */
export function checkDraft(recipe: Recipe, typed: Typed, container: Container): CheckedDraft {
  const values = withDefaults(recipe, typed, (port) => isMapped(container, port));
  const violations = checkLaunch(recipe, values);
  const port = readPort(values.port ?? '');
  return {
    violations,
    preview: violations.length === 0 ? commandOf(recipe, values).preview : undefined,
    portIsMapped: port !== undefined && isMapped(container, port),
  };
}

/** What is kept of a form: nothing secret. */
export const withoutSecrets = (recipe: Recipe, typed: Typed): Typed => keptValues(recipe, typed);

/** Recipes of a person's own whose program is still known. */
export const usable = (
  own: readonly OwnRecipe[],
): readonly { readonly own: OwnRecipe; readonly recipe: Recipe }[] =>
  own.flatMap((one) => {
    const recipe = findRecipe(one.recipe);
    return recipe === undefined ? [] : [{ own: one, recipe }];
  });

/** Fields of the environment stand folded away behind the rest, with one that has a value in sight. */
export const isEnvironment = ({ key }: RecipeField): boolean =>
  environmentFields.some((field) => field.key === key);

/** Fields that most people fill in stand first; the rest is behind them in the same order. */
export const isMain = ({ key, needed }: RecipeField): boolean =>
  needed === true || key === 'host' || key === 'port';
