import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanup } from '../../testing/index.ts';
import { atLoginOf } from './at-login.ts';
import { windowsWord } from './login-task.ts';

const run = promisify(execFile);
const cleanup = createCleanup();
afterEach(() => cleanup.run());

/** Paths as people have them, and as nobody should. */
const odd = [
  '/opt/a b/node',
  '/opt/R&D <x>/"q"/gearway.js',
  'background',
  '%h $HOME',
  '实验室',
  String.raw`C:\x\ `,
];

const on = (platform: NodeJS.Platform) =>
  atLoginOf({
    platform,
    home: '/home/a',
    temporary: '/tmp',
    configHome: undefined,
    uid: 501,
    user: String.raw`LAB\Ada & Co`,
    program: (command) => [...odd, command],
  });

async function written(bytes: Buffer | undefined, name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gw-login-'));
  cleanup.later(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  await writeFile(file, bytes ?? '');
  return file;
}

/** Read by parsers that are not ours. */
async function python(script: string, file: string): Promise<unknown> {
  const { stdout } = await run('/usr/bin/python3', ['-c', script, file]);
  return JSON.parse(stdout);
}

describe('what a system reads to start Gearway at login', () => {
  it('is a LaunchAgent with the words as they are', async () => {
    const file = await written(on('darwin')?.bytes, 'a.plist');
    const read = await python(
      'import plistlib,json,sys;print(json.dumps(plistlib.load(open(sys.argv[1],"rb"))))',
      file,
    );
    expect(read).toMatchObject({
      Label: 'dev.gearway.background',
      ProgramArguments: [...odd, 'background-run'],
      RunAtLoad: true,
      KeepAlive: { SuccessfulExit: false },
    });
  });

  it('is a task of this person alone, with the words as Windows takes them apart', async () => {
    const file = await written(on('win32')?.bytes, 'a.xml');
    const read = await python(
      [
        'import json,sys,xml.etree.ElementTree as E',
        'n="{http://schemas.microsoft.com/windows/2004/02/mit/task}"',
        't=E.parse(sys.argv[1])',
        'print(json.dumps({k:[e.text for e in t.iter(n+k)] for k in ("Command","Arguments","UserId","RunLevel")}))',
      ].join('\n'),
      file,
    );
    expect(read).toEqual({
      Command: [odd[0]],
      Arguments: [[...odd.slice(1), 'background-supervise'].map(windowsWord).join(' ')],
      UserId: [String.raw`LAB\Ada & Co`, String.raw`LAB\Ada & Co`],
      RunLevel: ['LeastPrivilege'],
    });
  });

  // Read by systemd itself, where the machine has it.
  it.skipIf(!existsSync('/usr/bin/systemd-analyze'))('is a unit that systemd takes', async () => {
    const way = atLoginOf({
      platform: 'linux',
      home: '/home/a',
      temporary: '/tmp',
      configHome: undefined,
      uid: 1,
      user: 'a',
      program: (command) => [process.execPath, ...odd.slice(1), command],
    });
    const file = await written(way?.bytes, 'gearway.service');
    const { stderr } = await run('/usr/bin/systemd-analyze', ['verify', '--man=no', file]);
    expect(stderr.split('\n').filter((line) => line.includes('gearway.service'))).toEqual([]);
  });
});

it.each([
  ['plain', '"plain"'],
  ['a b', '"a b"'],
  ['a"b', String.raw`"a\"b"`],
  [String.raw`a\"b`, String.raw`"a\\\"b"`],
  ['C:\\x\\', String.raw`"C:\x\\"`],
  ['', '""'],
])('%j is one word for Windows: %s', (text, word) => {
  expect(windowsWord(text)).toBe(word);
});
