/**
 * Splits a line into words as a POSIX shell does, quotes and backslashes respected, and expands nothing: `$HOME`, `*`
 * and `;` are text. `undefined` for a quote that is never closed. Pure.
 */
export function readWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;
  while (at < line.length) {
    const char = line[at] ?? '';
    at += 1;
    if (/[ \t\r\n]/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === "'") {
      const end = line.indexOf("'", at);
      if (end < 0) return undefined;
      word = (word ?? '') + line.slice(at, end);
      at = end + 1;
    } else if (char === '"') {
      const read = readDouble(line, at);
      if (read === undefined) return undefined;
      word = (word ?? '') + read.text;
      at = read.next;
    } else if (char === '\\') {
      if (at >= line.length) return undefined;
      // A backslash before a line break joins the lines.
      word = (word ?? '') + (line[at] === '\n' ? '' : line[at]);
      at += 1;
    } else word = (word ?? '') + char;
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** Inside double quotes a backslash is an escape before `"`, `\`, `$` and a backtick only. */
function readDouble(
  line: string,
  from: number,
): { readonly text: string; readonly next: number } | undefined {
  let text = '';
  for (let at = from; at < line.length; at += 1) {
    const char = line[at] ?? '';
    if (char === '"') return { text, next: at + 1 };
    const escaped = line[at + 1] ?? '';
    if (char === '\\' && /["\\$`]/.test(escaped)) {
      text += escaped;
      at += 1;
    } else text += char;
  }
  return undefined;
}
