import { describe, expect, it } from 'vitest';
import { readCommand } from './resp.ts';

describe('a command in the protocol of Redis', () => {
  it.each<[string, unknown]>([
    ['*1\r\n$4\r\nPING\r\n', { kind: 'command', words: ['PING'], used: 14 }],
    ['PING\r\n', { kind: 'command', words: ['PING'], used: 6 }],
    ['  set  a b \r\nGET a\r\n', { kind: 'command', words: ['set', 'a', 'b'], used: 13 }],
    ['*2\r\n$3\r\nGET\r\n$0\r\n\r\n', { kind: 'command', words: ['GET', ''], used: 19 }],
    ['\r\n', { kind: 'command', words: [], used: 2 }],
    ['', { kind: 'incomplete' }],
    ['*2\r\n$3\r\nGE', { kind: 'incomplete' }],
    ['*1\r\n', { kind: 'incomplete' }],
    ['*1\r\n+OK\r\n', { kind: 'invalid' }],
    ['*99999999999\r\n', { kind: 'invalid' }],
    ['*x\r\n', { kind: 'invalid' }],
    ['*1\r\n$-5\r\n', { kind: 'invalid' }],
    ['*1\r\n$99999999\r\n', { kind: 'invalid' }],
  ])('%j', (bytes, read) => {
    expect(readCommand(Buffer.from(bytes))).toMatchObject(read as object);
  });

  it('gives up a line that never ends, and never takes more than there is', () => {
    expect(readCommand(Buffer.alloc(2 * 1024 * 1024, 'a')).kind).toBe('invalid');
    let seed = 3;
    for (let round = 0; round < 2_000; round += 1) {
      const bytes = Buffer.from(
        Array.from({ length: 24 }, () => {
          seed = (seed * 1103515245 + 12345) % 2147483648;
          return '*$0123\r\nPING a'.charCodeAt(seed % 14);
        }),
      );
      const read = readCommand(bytes);
      if (read.kind === 'command') expect(read.used).toBeLessThanOrEqual(bytes.length);
    }
  });
});
