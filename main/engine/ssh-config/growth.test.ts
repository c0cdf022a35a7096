import { describe, expect, it } from 'vitest';
import { commandWords } from './command-words.ts';
import { compile } from './compile.ts';
import { readConfigLine } from './config-lines.ts';
import { readForward } from './forward.ts';
import { readJumps } from './jumps.ts';
import { matchesList, matchesPattern } from './patterns.ts';
import { jumpOfCommand } from './proxy-command.ts';
import { readCommand } from './read-command.ts';
import { splitArguments } from './split-arguments.ts';
import { expandTokens } from './tokens.ts';
import type { ConfigFiles } from './types.ts';

const fillings: readonly string[] = [
  'a',
  ' ',
  '"',
  "'",
  '\\',
  '[',
  ':',
  '/',
  ',',
  '@',
  '-',
  '*',
  '%',
  '${',
  '=',
  '\n',
  '^\n',
  'ssh ',
  '-L ',
  '> ',
  'x=',
  '$ ',
  '：',
  'h,',
  '!a,',
  '\t',
];
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  commandWords,
  readCommand,
  'a command': (text) => readCommand(`ssh ${text} h`),
  'a prompt': (text) => readCommand(`${text} ssh h`),
  splitArguments,
  'a line': (text) => readConfigLine(text, ''),
  'an option': (text) => readConfigLine(`Host ${text}`, ''),
  'a forward': (text) => readForward('local', text),
  'a forward to a path': (text) => readForward('local', `1:/${text}`),
  readJumps,
  'a pattern': (text) => matchesPattern('a'.repeat(253), text),
  'a pattern with stars': (text) => matchesPattern('a'.repeat(253), `*${text}*b`),
  'a list': (text) => matchesList('a'.repeat(253), text),
  expandTokens: (text) => expandTokens(text, {}),
  jumpOfCommand: (text) => jumpOfCommand(`ssh -W %h:%p ${text}`, {}),
};

/** The quickest of some tries, in ms: others use this machine too. */
function quickest(work: () => void): number {
  let best = Infinity;
  for (let turn = 0; turn < 3; turn += 1) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

describe('the time that reading takes', () => {
  it.each(Object.entries(readers))('grows no faster than its input: %s', (_name, read) => {
    for (const filling of fillings) {
      const of = (length: number) => filling.repeat(Math.ceil(length / filling.length)).slice(0, length);
      const [small, large] = [of(10_000), of(100_000)].map((text) => quickest(() => read(text)));
      // Ten times as much in fifteen times the time, or in no time to speak of.
      expect(large as number, JSON.stringify(filling)).toBeLessThan(Math.max((small as number) * 15, 25));
    }
  });

  it('is bounded where files include each other', async () => {
    const names = Array.from({ length: 7 }, (_, at) => `/h/.ssh/f${at}`);
    const files: ConfigFiles = {
      home: '/h',
      read: async (path) => {
        const at = names.indexOf(path);
        return at < 0
          ? undefined
          : `${`Include ${names[at + 1] ?? ''}x\nInclude ${names[at + 1]}\n`.repeat(6)}Host h${at}\n`;
      },
      stamp: async () => '1',
      list: async () => [],
    };
    const config = await compile(names[0] ?? '', files, {
      isSystem: false,
      breathe: async () => {},
    });
    expect(config.runs.length).toBeLessThan(30_000);
    expect(config.notTaken).toHaveLength(1);
  });
});
