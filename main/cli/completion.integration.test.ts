import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import { completionOf } from './completion.ts';
import type { CliIo } from './io.ts';
import { manualOf } from './manual.ts';

const run = completionOf(commands);
const manual = manualOf(commands);

async function said(command: Command, ...args: readonly string[]) {
  const out: string[] = [];
  const io: CliIo = {
    out: (line) => void out.push(line),
    note: () => {},
    fail: () => {},
    failure: () => ({ code: '', message: '' }),
    untilStopped: () => new Promise(() => {}),
  };
  const status = await command({ args, options: {}, words: args }, io);
  return { status, text: out.join('\n') };
}

/** What bash offers for these words. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const { text } = await said(run, 'bash');
  const line = words.map((word) => JSON.stringify(word)).join(' ');
  const script = `${text}\nCOMP_WORDS=(gearway ${line})\nCOMP_CWORD=${words.length}\n_gearway\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script]);
  return stdout.split('\n').filter((word) => word !== '');
}

describe('completion', () => {
  it.each([
    [['cont'], ['containers']],
    [
      ['containers', 'st'],
      ['start', 'stop'],
    ],
    [['tunnel', 'op'], ['open']],
    [['ls', '--js'], ['--json']],
    [['tunnel', 'open', 'redis', '--po'], ['--port']],
    [['background'], []],
  ])('bash offers for %j', async (words, expected) => {
    expect((await offered(...words)).toSorted()).toEqual(expected);
  });

  it.each(['zsh', 'fish', 'powershell'])('%s is told every command', async (shell) => {
    const { status, text } = await said(run, shell);
    expect(status).toBe(0);
    for (const word of ['containers', 'restart', 'status', 'completion']) expect(text).toContain(word);
  });

  it.each(['', 'constructor', 'cmd'])('%j is no shell', async (shell) => {
    expect((await said(run, shell)).status).toBe(2);
  });
});

it('the manual names every command, and no line of it is taken for an order of roff', async () => {
  const { text } = await said(manual);
  expect(text).toContain('.SS gearway tunnel open <service>');
  const orders = new Set(text.split('\n').flatMap((line) => /^\.(\S+)/.exec(line)?.[1] ?? []));
  expect([...orders].toSorted()).toEqual(['B', 'I', 'PP', 'SH', 'SS', 'TH', 'TP', 'fi', 'nf']);
});
