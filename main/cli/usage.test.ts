import { describe, expect, it } from 'vitest';
import { helpOf } from './usage.ts';

describe('help', () => {
  it.each([
    [['--help'], 'gearway COMMAND'],
    [['-h'], 'gearway COMMAND'],
    [['help'], 'gearway COMMAND'],
    [['help', 'frobnicate'], 'gearway COMMAND'],
    [['frobnicate', '--help'], 'gearway COMMAND'],
    [['help', 'tunnel'], 'gearway tunnel'],
    [['tunnel', '--help'], 'gearway tunnel'],
    [['tunnel', 'ssh root@host', '-h'], 'gearway tunnel'],
    [['platform', '--containers', '3', '--help'], 'gearway platform'],
  ])('%j', (words, begins) => {
    expect(helpOf(words)?.startsWith(begins)).toBe(true);
  });

  it.each([[[]], [['ls']], [['open', '--', '--help']], [['frobnicate']]])(
    'is not asked for by %j',
    (words) => {
      expect(helpOf(words)).toBeUndefined();
    },
  );
});
