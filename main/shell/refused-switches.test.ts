import { expect, it } from 'vitest';
import { refusedSwitch } from './refused-switches.ts';

it.each([
  [['--remote-debugging-port=9222'], '--remote-debugging-port=9222'],
  [['--demo', '-remote-debugging-port=0'], '-remote-debugging-port=0'],
  [['--REMOTE-DEBUGGING-PIPE'], '--REMOTE-DEBUGGING-PIPE'],
  [['/no-sandbox'], '/no-sandbox'],
  [['--inspect-brk=9'], '--inspect-brk=9'],
  [['--js-flags=--expose-gc'], '--js-flags=--expose-gc'],
  [
    [
      '--demo',
      '--hidden',
      '--user-data-dir=/x',
      '--lang=en-US',
      '--proxy-server=http://a',
      'gearway://open/a',
    ],
    undefined,
  ],
  [['remote-debugging-port'], undefined],
  [[], undefined],
])('%j: %s', (words, refused) => {
  expect(refusedSwitch(words)).toBe(refused);
});
