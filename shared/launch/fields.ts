import type { ErrorCode } from '../errors.ts';
import { plainDigits, readPort } from '../platform-rules/index.ts';
import { isShellText, readWords, utf8Bytes } from '../quoting/index.ts';
import { isShown } from '../shown-text.ts';
import type { LaunchValues } from './command.ts';
import { readAssignments } from './environment.ts';
import type { Recipe, RecipeField } from './recipe.ts';

/** A rule that a form breaks, with its field. */
export interface LaunchViolation {
  readonly field: string;
  readonly code: Extract<
    ErrorCode,
    | 'field_needed'
    | 'field_unreadable'
    | 'field_too_long'
    | 'port_invalid'
    | 'host_invalid'
    | 'number_invalid'
  >;
}

/** A command's arguments have a limit of 128 KiB each in Linux (`MAX_ARG_STRLEN`); a field keeps far below. */
const mostFieldBytes = 16 * 1024;

/**
 * What a person left empty, filled in; what the recipe does not know, left out. Values are taken as they were
 * typed; numbers without blanks around them and in plain digits, as a command takes them.
 */
export function withDefaults(
  recipe: Recipe,
  typed: LaunchValues,
  mapped: (port: number) => boolean,
): LaunchValues {
  const values = Object.fromEntries(
    recipe.fields.map((field) => {
      const value = Object.hasOwn(typed, field.key) ? typed[field.key] : undefined;
      return [field.key, value === undefined || value === '' ? field.value : asWritten(field, value)];
    }),
  );
  if (values.host === '') {
    const port = readPort(values.port ?? '');
    values.host = port !== undefined && mapped(port) ? '0.0.0.0' : '127.0.0.1';
  }
  return values;
}

const asWritten = ({ kind }: RecipeField, typed: string): string =>
  kind === 'port' || kind === 'number' ? plainDigits(typed).trim() : typed;

/** Every rule that these values break. Pure. */
export function checkLaunch(recipe: Recipe, values: LaunchValues): readonly LaunchViolation[] {
  return recipe.fields.flatMap((field) => {
    const code = problemOf(field, values[field.key] ?? '');
    return code === undefined ? [] : [{ field: field.key, code }];
  });
}

function problemOf(field: RecipeField, text: string): LaunchViolation['code'] | undefined {
  if (text.trim() === '') return field.needed === true ? 'field_needed' : undefined;
  // The command is shown to be copied, too: what a terminal would obey has no place in it.
  if (!isShellText(text) || !isShown(text)) return 'field_unreadable';
  if (utf8Bytes(text).length > mostFieldBytes) return 'field_too_long';
  switch (field.kind) {
    case 'port':
      return readPort(text) === undefined ? 'port_invalid' : undefined;
    case 'host':
      return /^[A-Za-z0-9]([A-Za-z0-9.:_-]{0,252}[A-Za-z0-9])?$|^::1?$/.test(text)
        ? undefined
        : 'host_invalid';
    case 'number':
      return /^\d{1,9}$/.test(text.trim()) ? undefined : 'number_invalid';
    case 'env':
      return readAssignments(text) === undefined ? 'field_unreadable' : undefined;
    case 'words':
      return readWords(text) === undefined ? 'field_unreadable' : undefined;
    default:
      return undefined;
  }
}
