/** A longer line is cut: nobody reads it here, and it would slow down all others. */
const mostChars = 4_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const terminal = /\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f]/g;

/**
 * A line of a log as it is shown: of one that was written over, as bars of progress are, its last state; without the
 * colours of a terminal (ECMA-48 CSI sequences), which mean nothing here. Pure.
 */
export function shownLine(line: string): string {
  const back = line.lastIndexOf('\r', line.length - 2);
  const last = back < 0 ? line : line.slice(back + 1);
  return (last.length > mostChars ? `${last.slice(0, mostChars)}…` : last).replace(terminal, '');
}
