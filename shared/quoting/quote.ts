import { isShown } from '../shown-text.ts';
import { utf8Bytes } from './utf8.ts';

/** Words that every POSIX shell and every interactive one takes as they stand; `=` first would be expanded by zsh. */
const plain = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/**
 * One word of a POSIX shell that means exactly this text, whatever is in it (POSIX.1-2017, shell, §2.2.2). The one
 * home of quoting: no other code puts foreign text into a command. Text for which `isShellText` is false has no form.
 */
export const quote = (text: string): string =>
  plain.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * The same word for a line that a person copies and pastes: a terminal takes control characters as keys that were
 * pressed (a tab completes), so they are written out, as `$'\003'` (POSIX.1-2024, shell, §2.2.4; bash, zsh and ksh
 * read it). Bytes are three octal digits each, so that none takes what follows along. Half a character and a zero
 * byte have no form: U+FFFD stands for them.
 */
export const quoteToPaste = (text: string): string =>
  isShown(text) && !text.includes('\t')
    ? quote(text)
    : `$'${utf8Bytes(text.replaceAll('\0', '\ufffd')).map(octal).join('')}'`;

const octal = (byte: number): string =>
  byte < 0x20 || byte > 0x7e || byte === 0x27 || byte === 0x5c
    ? `\\${byte.toString(8).padStart(3, '0')}`
    : String.fromCharCode(byte);

/** Like `quote`, for a path: a leading `~/` means the home folder, and a leading dash is no option. */
export function quotePath(path: string): string {
  if (path === '~') return '"$HOME"';
  if (path.startsWith('~/')) return `"$HOME"/${path === '~/' ? '' : quote(path.slice(2))}`;
  return quote(path.startsWith('-') ? `./${path}` : path);
}

/** Can a program be given this text at all: arguments end at a zero byte, and half a surrogate pair is no UTF-8. */
export const isShellText = (text: string): boolean =>
  !text.includes('\0') &&
  !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
