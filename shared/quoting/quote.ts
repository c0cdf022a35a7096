/** Words that every POSIX shell and every interactive one takes as they stand; `=` first would be expanded by zsh. */
const plain = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/**
 * One word of a POSIX shell that means exactly this text, whatever is in it (POSIX.1-2017, shell, §2.2.2). The one
 * home of quoting: no other code puts foreign text into a command. Text for which `isShellText` is false has no form.
 */
export const quote = (text: string): string =>
  plain.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

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
