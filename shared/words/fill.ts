import { shownLine } from '../shown-text.ts';

const placeholder = /\{\{(\w+)\}\}/g;

/** Names of the values that a sentence needs. */
export const placeholdersOf = (sentence: string): readonly string[] =>
  [...sentence.matchAll(placeholder)].map((found) => found[1] ?? '');

/**
 * Puts values into a sentence; `undefined` where one is missing. Values are data: nothing in them
 * is filled again, and what comes from elsewhere is shown as one clean line.
 */
export function fill(
  sentence: string,
  values: Readonly<Record<string, string | number>>,
): string | undefined {
  if (!placeholdersOf(sentence).every((name) => Object.hasOwn(values, name))) return undefined;
  return sentence.replace(placeholder, (_, name: string) => shownLine(String(values[name])));
}
