import { utf8Bytes, utf8Text } from './utf8.ts';

/**
 * SSH hands a command to the account's login shell, which may be bash, fish, dash or csh: they agree on little. What
 * all of them read alike is a word in single quotes that holds none of `'`, `\`, `!`, a line break or a byte beyond
 * ASCII. So the script travels in that form, every other byte as `\0nnn`, and `printf %b` (POSIX.1-2017, printf)
 * makes it whole again inside `sh`. `\0` before an octal digit is no escape in fish's single quotes (fish, "Quotes").
 */
const head = `exec /bin/sh -c 'eval "$(printf %b "$1")"' gearway '`;

/** A POSIX script as one line that every login shell hands to `/bin/sh` unchanged. */
export const anyShell = (script: string): string => `${head}${encode(script)}'`;

/** The script inside such a line; `undefined` for any other. */
export function readAnyShell(line: string): string | undefined {
  if (!line.startsWith(head) || !line.endsWith("'")) return undefined;
  const bytes: number[] = [];
  const text = line.slice(head.length, -1);
  for (let at = 0; at < text.length; at += 1) {
    const octal = text[at] === '\\' ? /^\\0([0-7]{3})/.exec(text.slice(at, at + 5))?.[1] : undefined;
    bytes.push(octal === undefined ? text.charCodeAt(at) : Number.parseInt(octal, 8));
    if (octal !== undefined) at += 4;
  }
  return utf8Text(bytes);
}

const encode = (script: string): string =>
  utf8Bytes(script)
    .map((byte) =>
      byte < 0x20 || byte > 0x7e || byte === 0x27 || byte === 0x5c || byte === 0x21
        ? `\\0${byte.toString(8).padStart(3, '0')}`
        : String.fromCharCode(byte),
    )
    .join('');
