import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCommandLog, takeLogOptions } from './log-options.ts';

describe('the log of a command', () => {
  it.each([
    [['ls', '--log', 'a.log', '--json'], { file: resolve('a.log'), verbose: false, rest: ['ls', '--json'] }],
    [['--verbose', 'ls', '--log=/x/b.log'], { file: '/x/b.log', verbose: true, rest: ['ls'] }],
    [['open', '--', '--log', '--verbose'], { verbose: false, rest: ['open', '--', '--log', '--verbose'] }],
    [[], { verbose: false, rest: [] }],
  ])('%j', (words, value) => {
    expect(takeLogOptions(words)).toEqual({ ok: true, value: { file: undefined, ...value } });
  });

  it.each([[['ls', '--log']], [['ls', '--log=']]])('%j names no file', (words) => {
    expect(takeLogOptions(words).ok).toBe(false);
  });

  it('goes to the terminal where that was asked for, without secrets', () => {
    const notes: string[] = [];
    const io = { note: (line: string) => void notes.push(line), secrets: ['hush-hush'] };
    openCommandLog({ file: undefined, verbose: false }, io).write('info', 'quiet');
    openCommandLog({ file: undefined, verbose: true }, io).write('warn', 'loud', { text: 'hush-hush' });
    expect(notes).toEqual(['warn loud {"text":"[secret]"}']);
  });
});
