/**
 * Splits what follows a keyword as OpenSSH's `argv_split` does (misc.c): at blanks outside of quotes; a backslash is an
 * escape before quotes, a backslash and, outside of quotes, a blank; `#` where a word would begin ends the line.
 * `undefined` for a quote that is never closed. Linear, pure.
 */
export function splitArguments(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (text[at] === ' ' || text[at] === '\t') at += 1;
    if (at >= text.length || text[at] === '#') return words;
    const word = readWord(text, at);
    if (word === undefined) return undefined;
    words.push(word.text);
    at = word.next;
  }
}

function readWord(line: string, from: number): { readonly text: string; readonly next: number } | undefined {
  let text = '';
  let quote = '';
  let at = from;
  for (; at < line.length; at += 1) {
    const char = line[at] ?? '';
    if (char === '\\') {
      const next = line[at + 1] ?? '';
      const isEscape = next === "'" || next === '"' || next === '\\' || (quote === '' && next === ' ');
      if (isEscape) at += 1;
      text += isEscape ? next : char;
    } else if (quote === '' && (char === ' ' || char === '\t')) break;
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = '';
    else text += char;
  }
  return quote === '' ? { text, next: at } : undefined;
}
