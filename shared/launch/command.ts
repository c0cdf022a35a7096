import { quote, quotePath, readWords } from '../quoting/index.ts';
import { environmentNames, readAssignments, withoutSecretAssignments } from './environment.ts';
import type { CommandPart, Recipe, RecipeField } from './recipe.ts';

/** A recipe's fields as typed, by key. */
export type LaunchValues = Readonly<Record<string, string>>;

interface BuiltCommand {
  /** One line of POSIX shell that runs in the container, secrets in it. */
  readonly line: string;
  /** The same with every secret as `•••`: what a person is shown before it runs. */
  readonly preview: string;
  /** Where it runs; empty for the folder that lasts. */
  readonly folder: string;
}

const hidden = '•••';

/** The exact command of a recipe with these values, which `checkLaunch` has passed. Pure. */
export function commandOf(recipe: Recipe, values: LaunchValues): BuiltCommand {
  const fields = new Map(recipe.fields.map((field) => [field.key, field]));
  const write = (show: (field: RecipeField) => string): string => {
    const given = Object.entries({ ...recipe.env, ...environmentNames }).flatMap(([name, key]) => {
      const field = fields.get(key);
      const text = field === undefined ? '' : show(field);
      return text === '' ? [] : [`${name}=${quote(text)}`];
    });
    const env = [...given, ...assignments(fields, show)];
    const words = recipe.command.flatMap((part) => writePart(part, fields, show));
    // A line is a whole program of the person's own: an assignment in front would reach its first command only.
    if (isLine(recipe)) return [...env.map((entry) => `export ${entry};`), ...words].join(' ');
    return [...env, ...words].join(' ');
  };
  const value = (field: RecipeField) => values[field.key] ?? '';
  return {
    line: write(value),
    preview: write((field) => {
      if (field.kind === 'env') return withoutSecretAssignments(value(field), hidden);
      return field.kind === 'secret' && value(field) !== '' ? hidden : value(field);
    }),
    folder: values.folder ?? '',
  };
}

function assignments(
  fields: ReadonlyMap<string, RecipeField>,
  show: (field: RecipeField) => string,
): readonly string[] {
  const field = fields.get('env');
  const read = field === undefined ? [] : (readAssignments(show(field)) ?? []);
  return read.map(([name, value]) => `${name}=${quote(value)}`);
}

const isLine = (recipe: Recipe): boolean => recipe.fields.some((field) => field.kind === 'line');

function writePart(
  part: CommandPart,
  fields: ReadonlyMap<string, RecipeField>,
  show: (field: RecipeField) => string,
): readonly string[] {
  if (typeof part === 'string') return [quote(part)];
  const field = fields.get(part.field);
  const text = field === undefined ? '' : show(field);
  if (field === undefined || text.trim() === '') return [];
  if (field.kind === 'line') return [text];
  if (field.kind === 'words') return (readWords(text) ?? []).map(quote);
  const word = field.kind === 'path' ? quotePath(text) : quote(text);
  if (!('flag' in part)) return part.guard === true && text.startsWith('-') ? ['--', word] : [word];
  return part.join === ' ' ? [part.flag, word] : [`${part.flag}=${word}`];
}
