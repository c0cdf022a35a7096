export { anyShell, readAnyShell } from './any-shell.ts';
export { isShellText, quote, quotePath, quoteToPaste } from './quote.ts';
export { readWords } from './read-words.ts';
export { utf8Bytes } from './utf8.ts';
