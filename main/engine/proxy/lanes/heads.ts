/** What ends a head. */
export const emptyLine = '\r\n\r\n';

/** The most of an answer's head; Node's own client allows 16 KiB. */
export const mostHeadBytes = 64 * 1024;

/** Fields as they stand in a head. */
export function joined(raw: readonly string[]): string {
  let text = '';
  for (let index = 0; index + 1 < raw.length; index += 2) text += `${raw[index]}: ${raw[index + 1]}\r\n`;
  return text;
}
