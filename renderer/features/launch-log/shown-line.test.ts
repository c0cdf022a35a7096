import { expect, it } from 'vitest';
import { shownLine } from './shown-line.ts';

it.each([
  ['plain', 'plain'],
  ['\u001b[31mred\u001b[0m', 'red'],
  ['a\u0000b\u0007c\td', 'abc\td'],
  ['ends as on Windows\r', 'ends as on Windows'],
  [' 1%\r 50%\r100%', '100%'],
  [' 1%\r 50%\r', ' 50%'],
  // A bar of progress that has been written over for hours.
  [`${'step\r'.repeat(5_000)}now`, 'now'],
  ['x'.repeat(5_000), `${'x'.repeat(4_000)}…`],
  ['', ''],
])('%j is shown as %j', (line, shown) => {
  expect(shownLine(line)).toBe(shown);
});
