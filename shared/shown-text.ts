/**
 * What a terminal obeys or a reader cannot see: control characters (ECMA-48) but tab and line feed, marks and overrides
 * of writing direction (UAX #9), line breaks by other names, zero-width blanks, tags, halves of pairs. The joiners
 * that emoji and Persian need (U+200C, U+200D) are letters here.
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}|[\u{e0000}-\u{e007f}]/gu;

/** Stands for each of them: one sees that something was there. */
const stand = '\ufffd';

/**
 * A text from elsewhere as it may be shown to a person, in the window, a terminal or a report: the one place that
 * cleans. Line feeds and tabs stay; a carriage return goes with its line feed.
 */
export const shownText = (text: string): string => text.replaceAll('\r\n', '\n').replace(unseen, stand);

/** The same for one line, such as a name: what comes from elsewhere begins no line of its own. */
export const shownLine = (text: string): string => shownText(text).replace(/[\n\t]/g, ' ');

/** JSON for a terminal: the same text to a program, and nothing in it that a terminal obeys. */
export const shownJson = (json: string): string =>
  json.replace(unseen, (found) =>
    Array.from(
      { length: found.length },
      (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );

/** Is there nothing in it that has to be cleaned? */
export const isShown = (text: string): boolean => shownText(text) === text;
