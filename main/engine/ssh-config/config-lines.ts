import { splitArguments } from './split-arguments.ts';

/** One line of an SSH configuration. */
export interface ConfigLine {
  /** In lower case. */
  readonly keyword: string;
  /** Its words; `undefined` where a quote is never closed. */
  readonly words: readonly string[] | undefined;
  /** What follows the keyword, as it is written: commands take it whole. */
  readonly rest: string;
  /** As a person finds it again. */
  readonly text: string;
  readonly at: string;
}

/** A longer line is passed over and told of; none of a person's is. */
export const longestLine = 10_000;

/**
 * Reads one line as OpenSSH does (readconf.c): keyword, blanks with at most one `=`, words. Nothing for a comment and an
 * empty line. Linear, pure.
 */
export function readConfigLine(written: string, at: string): ConfigLine | undefined {
  const cut = written.length > longestLine ? written.slice(0, longestLine) : written;
  const text = withoutEnds(cut);
  if (text === '' || text[0] === '#') return undefined;
  const quoted = text[0] === '"';
  let end = quoted ? text.indexOf('"', 1) : 0;
  if (end < 0) return { keyword: text.toLowerCase(), words: undefined, rest: '', text, at };
  if (!quoted) while (end < text.length && !isDelimiter(text[end])) end += 1;
  const keyword = text.slice(quoted ? 1 : 0, end).toLowerCase();
  if (quoted) end += 1;
  while (isBlank(text[end])) end += 1;
  if (text[end] === '=') {
    end += 1;
    while (isBlank(text[end])) end += 1;
  }
  const rest = text.slice(end);
  const words = written.length > longestLine ? undefined : splitArguments(rest);
  return { keyword, words, rest, text: text.slice(0, 200), at };
}

const isBlank = (char: string | undefined): boolean =>
  char === ' ' || char === '\t' || char === '\r' || char === '\f';
const isDelimiter = (char: string | undefined): boolean => isBlank(char) || char === '=' || char === '"';

function withoutEnds(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text[from])) from += 1;
  while (to > from && (isBlank(text[to - 1]) || text[to - 1] === '\n')) to -= 1;
  return text.slice(from, to);
}
