import type { NotTaken } from '../../../shared/model/connection.ts';

/** The words of a pasted command, from `ssh` on. */
export interface CommandWords {
  readonly words: readonly string[];
  /** Was `ssh` itself written? Without it only a destination and options can follow. */
  readonly isCommand: boolean;
  readonly notTaken: readonly NotTaken[];
}

interface Word {
  readonly text: string;
  /** Stands outside of quotes as an operator of a shell. */
  readonly isOperator: boolean;
}

const longest = 10_000;

/**
 * Splits what people copy from a page, a chat or a terminal of any system: joined lines (`\`, `^` and a backtick at their
 * ends), prompts, `sudo` and settings of variables before `ssh`, long dashes and curly quotes that a text program made,
 * `C:\paths`. Nothing is expanded or run. `undefined` for what is no command of ssh. Linear, pure.
 */
export function commandWords(typed: string): CommandWords | undefined {
  if (typed.length > longest) return undefined;
  const text = asTyped(typed);
  const words = split(text, isWindows(text));
  if (words === undefined) return undefined;
  const notTaken: NotTaken[] = [];
  const own = untilEnd(words, notTaken);
  if (own === undefined) return undefined;
  const at = own.findIndex(isSsh);
  if (at < 0) return { words: withoutPrompt(own), isCommand: false, notTaken };
  const before = own.slice(0, at);
  if (!before.every((word, index) => isBefore(word, index, before))) return undefined;
  const isAuto = /autossh(?:\.exe)?$/i.test(own[at] ?? '');
  const dropped = before.filter((word) => isCarrier(word));
  if (dropped.length > 0) notTaken.push({ text: dropped.join(' '), why: 'not_done' });
  const rest = own.slice(at + 1);
  return { words: isAuto ? withoutMonitor(rest) : rest, isCommand: true, notTaken };
}

/** Blanks of every kind, dashes and quotes as keyboards type them. */
const asTyped = (typed: string): string =>
  typed
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(/[“”„‟＂]/g, '"')
    .replace(/[‘’‚‛]/g, "'")
    .replace(/(^|[\s"'])[\u2010-\u2015\u2212\uff0d](?=[\w\u2010-\u2015])/g, '$1-')
    .replace(/[：:](?=(?:auto)?ssh\s)/g, '$& ')
    .replace(/\r\n?/g, '\n')
    .replace(/[\\^`][ \t]*\n/g, ' ')
    .trim();

/** Backslashes are separators of a path there, and no escapes. */
const isWindows = (text: string): boolean =>
  /(?:^|[\s"'=])(?:[A-Za-z]:\\|\.{1,2}\\|~\\|\\\\[\w.]|%\w{1,40}%\\|\$env:\w{1,40}\\|\$HOME\\)/i.test(text) ||
  /^(?:PS )?[A-Za-z]:\\[^>\n]{0,300}>/.test(text);

function split(line: string, windows: boolean): readonly Word[] | undefined {
  const words: Word[] = [];
  let word: string | undefined;
  const end = () => {
    if (word !== undefined) words.push({ text: word, isOperator: false });
    word = undefined;
  };
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? '';
    if (char === ' ' || char === '\t') end();
    else if (char === '\n' || char === ';' || char === '|' || char === '&' || char === '>' || char === '<') {
      // A number before it names what goes elsewhere.
      if ((char === '>' || char === '<') && /^\d$/.test(word ?? '')) word = undefined;
      end();
      let operator = char;
      while ('|&>'.includes(line[at + 1] ?? ' ')) {
        at += 1;
        operator += line[at];
      }
      words.push({ text: operator, isOperator: true });
    } else if (char === "'" || char === '"') {
      const close = closing(line, at + 1, char, windows);
      if (close === undefined) return undefined;
      word = (word ?? '') + close.text;
      at = close.at;
    } else if (char === '\\' && !windows) {
      at += 1;
      if (at >= line.length) return undefined;
      word = (word ?? '') + line[at];
    } else word = (word ?? '') + char;
  }
  end();
  return words;
}

function closing(line: string, from: number, quote: string, windows: boolean) {
  let text = '';
  for (let at = from; at < line.length; at += 1) {
    const char = line[at] ?? '';
    if (char === quote) return { text, at };
    const next = line[at + 1] ?? '';
    if (char === '\\' && quote === '"' && !windows && '"\\$`'.includes(next) && next !== '') {
      text += next;
      at += 1;
    } else text += char;
  }
  return undefined;
}

/**
 * The first command that has words, without what a shell does around it: `&` at its end, where its output goes, a line
 * behind it. Commands that are joined are more than one, and none is guessed.
 */
function untilEnd(words: readonly Word[], notTaken: NotTaken[]): readonly string[] | undefined {
  const own: string[] = [];
  // Looked for once: a line of nothing but operators would cost its square.
  const lastSsh = words.findLastIndex(({ text }) => isSsh(text));
  let hasSsh = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    if (!word.isOperator) {
      own.push(word.text);
      hasSsh ||= isSsh(word.text);
      continue;
    }
    // The end of a prompt, as in `me@host ~ >`, and the call of PowerShell.
    const isFirst = !hasSsh && lastSsh > at;
    if (word.text === '\n') {
      if (own.length === 0) continue;
      const rest = words.slice(at + 1).filter(({ text }) => text !== '\n');
      if (rest.length === 0) break;
      if (isFirst) {
        own.length = 0;
        continue;
      }
      notTaken.push({ text: textOf(rest), why: 'not_done' });
      break;
    }
    if (isFirst && (word.text === '>' || word.text === '&')) {
      if (word.text === '>') own.push('>');
      continue;
    }
    if (word.text === '&' && words.slice(at + 1).every(({ text }) => text === '\n')) break;
    if (word.text.startsWith('>') || word.text === '<') {
      notTaken.push({ text: textOf(words.slice(at, at + 2)), why: 'not_done' });
      at += 1;
      continue;
    }
    return undefined;
  }
  return own;
}

const textOf = (words: readonly Word[]): string =>
  words
    .map(({ text }) => text)
    .join(' ')
    .slice(0, 200);

const isSsh = (word: string): boolean => /^(?:.*[\\/])?(?:auto)?ssh(?:\.exe)?$/i.test(word);

/** What may stand before `ssh`: a prompt, somebody else's name, a setting, a wrapper, words that end in a colon. */
function isBefore(word: string, index: number, before: readonly string[]): boolean {
  if (/^[$#%>❯➜»λ]$/u.test(word) || /[$#%>❯:：]$/u.test(word) || word === '&') return true;
  if (index === 0 && (word === 'PS' || /^\(.*\)$/.test(word))) return true;
  // The middle of a prompt, or of words before a colon.
  if (before.slice(index + 1).some((next) => /[$#%>❯:：]$/u.test(next))) return true;
  return isCarrier(word) || carriesValue(before, index);
}

const carriers = new Set(
  'sudo doas env exec command nohup time nice ionice setsid screen winpty start cmd powershell pwsh wsl proxychains proxychains4 sshpass stdbuf unbuffer'.split(
    ' ',
  ),
);
const isCarrier = (word: string): boolean =>
  carriers.has(word.replace(/\.exe$/i, '').toLowerCase()) || /^[A-Za-z_]\w*=/.test(word);

/** Options of such a program, and one value behind each. */
function carriesValue(before: readonly string[], index: number): boolean {
  const first = before.findIndex(isCarrier);
  if (first < 0 || index < first) return false;
  const word = before[index] ?? '';
  return /^[-/]/.test(word) || /^-/.test(before[index - 1] ?? '') || /^\d+$/.test(word);
}

/** Its own option has a value, unlike that of ssh. */
function withoutMonitor(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => /^-M/.test(word));
  return at < 0 ? words : words.toSpliced(at, words[at] === '-M' ? 2 : 1);
}

/** A bare destination may follow a prompt too. */
const withoutPrompt = (words: readonly string[]): readonly string[] =>
  /^[$#%>❯➜]$/u.test(words[0] ?? '') ? words.slice(1) : words;
