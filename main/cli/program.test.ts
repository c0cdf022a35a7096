import { describe, expect, it } from 'vitest';
import { commands as all } from './commands.ts';
import { readWords } from './program.ts';

const commands = all.filter(({ hidden }) => hidden !== true);

describe('help', () => {
  it.each([
    [['--help'], 'Usage: gearway COMMAND'],
    [['-h'], 'Usage: gearway COMMAND'],
    [['help'], 'Usage: gearway COMMAND'],
    [['help', 'tunnel'], 'Usage: gearway tunnel'],
    [['tunnel', '--help'], 'Usage: gearway tunnel'],
    [['tunnel', 'ssh root@host', '-h'], 'Usage: gearway tunnel'],
    [['tunnel', 'open', '--help'], 'Usage: gearway tunnel open'],
    [['platform', '--containers', '3', '--help'], 'Usage: gearway platform'],
    [['containers', '--help'], 'Usage: gearway containers'],
    [['--version'], '0.'],
  ])('%j is said where it belongs', (words, begins) => {
    const reading = readWords(words);
    expect(reading.kind === 'say' && reading.text.startsWith(begins) ? begins : reading).toBe(begins);
  });

  it('of each command has an example', () => {
    for (const { name, examples } of commands) {
      const reading = readWords([...name, '--help']);
      expect(reading.kind === 'say' ? reading.text : '').toContain(examples[0]);
    }
  });
});

describe('words', () => {
  it.each<readonly [readonly string[], string]>([
    [[], 'Usage: gearway'],
    [['frobnicate'], 'no such command: frobnicate'],
    [['ls', 'extra'], 'too many arguments'],
    [['ls', '--frobnicate'], "unknown option '--frobnicate'"],
    [['open'], "missing required argument 'name'"],
    [['containers'], 'Usage: gearway containers'],
    [['containers', 'frobnicate'], 'no such command: frobnicate'],
    [['tunnel', 'open'], 'missing required argument'],
    [['platform', '--port'], 'argument missing'],
  ])('%j are wrong', (words, message) => {
    const reading = readWords(words);
    expect(reading.kind === 'wrong' ? reading.message : reading).toContain(message);
  });

  it.each<readonly [readonly string[], readonly string[], readonly string[], object]>([
    [['ls', '--json'], ['ls'], [], { json: true }],
    [['open', '--demo', 'web'], ['open'], ['web'], { demo: true }],
    [['open', '--', '--help'], ['open'], ['--help'], {}],
    [['tunnel', 'open', 'redis', '--port', '0'], ['tunnel', 'open'], ['redis'], { port: '0' }],
    [['tunnel', 'open', 'redis', '--json'], ['tunnel', 'open'], ['redis'], { json: true }],
    [['tunnel', 'ssh root@h -p 2'], ['tunnel'], ['ssh root@h -p 2'], {}],
    [['tunnel', 'vision', '-L', '1:h:2', '-L3:h:4'], ['tunnel'], ['vision'], { L: ['1:h:2', '3:h:4'] }],
    [['platform', '--port=7', '--https'], ['platform'], [], { port: '7', https: true }],
    [['ls', '--user-data-dir', '/x'], ['ls'], [], { userDataDir: '/x' }],
  ])('%j are read', (words, name, args, options) => {
    const reading = readWords(words);
    expect(reading).toMatchObject({ kind: 'run', spec: { name }, typed: { args } });
    expect(reading.kind === 'run' ? reading.typed.options : {}).toEqual(options);
  });

  it('reach those that read them themselves as they were typed', () => {
    const reading = readWords(['tunnel', 'ssh root@h', '-L', '1:h:2', '--accept-new']);
    expect(reading.kind === 'run' ? reading.typed.words : []).toEqual([
      'ssh root@h',
      '-L',
      '1:h:2',
      '--accept-new',
    ]);
  });
});
