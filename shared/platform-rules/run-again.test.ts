import { expect, it } from 'vitest';
import { canRunAgain } from './run-again.ts';

it.each([
  ['WORKSPACE', undefined, true],
  ['BATCH_WORKSPACE', undefined, true],
  ['TASK', 'python train.py', true],
  ['BATCH_TASK', 'python train.py', true],
  ['TASK', undefined, false],
  ['BATCH_TASK', '', false],
  ['HYPER_TUNING', 'python train.py', false],
  ['SEANCE', 'python train.py', false],
] as const)('%s with the command %j can run again: %j', (mode, command, wanted) => {
  expect(canRunAgain({ mode, ...(command === undefined ? {} : { command }) })).toBe(wanted);
});
