import { text } from 'node:stream/consumers';

/** What stands on standard input, without its last end of line; empty at a terminal, where nobody is asked. */
export const typedText = async (): Promise<string> =>
  process.stdin.isTTY ? '' : (await text(process.stdin)).replace(/\r?\n$/, '');
