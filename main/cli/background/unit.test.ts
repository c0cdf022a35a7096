import { expect, it } from 'vitest';
import { unitText } from './unit.ts';

it.each([
  [
    ['/usr/bin/node', '/opt/gearway.js', 'background-run'],
    '"/usr/bin/node" "/opt/gearway.js" "background-run"',
  ],
  [['/home/a b/node'], '"/home/a b/node"'],
  [['/home/50%/node'], '"/home/50%%/node"'],
  [['/home/$HOME/node'], '"/home/$$HOME/node"'],
  [['/home/"x"/node'], String.raw`"/home/\"x\"/node"`],
  [[String.raw`C:\x`], String.raw`"C:\\x"`],
])('%j stands in a unit as it is', (program, line) => {
  expect(unitText(program)).toContain(`ExecStart=${line}\n`);
});
