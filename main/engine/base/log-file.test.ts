import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogFile, logLine } from './log-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gw-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (name = 'gearway.log') =>
  createLogFile({ path: join(folder, name), now: () => 0, secrets: () => ['hush-hush'] });

describe('a line', () => {
  it.each([
    ['a secret that is kept', { text: 'it is hush-hush here' }, 'hush-hush'],
    ['what follows Bearer', { header: 'Authorization: Bearer abcdef' }, 'abcdef'],
    ['a password by its name', { password: 'abcdef' }, 'abcdef'],
    ['a line feed', { text: 'a\nb' }, '\nb'],
    ['what a terminal obeys', { text: '\u001b[31m' }, '\u001b'],
  ])('holds nothing of %s', (_what, details, absent) => {
    const line = logLine(0, 'info', 'event', details, ['hush-hush']);
    expect(line.slice(0, -1)).not.toContain(absent);
    expect(line).toMatch(/^1970-01-01T00:00:00\.000Z info event .*\n$/);
  });

  it('is never longer than a stack is', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(logLine(0, 'error', 'x', { text: 'a'.repeat(1_000_000) }, []).length).toBeLessThan(6_100);
    expect(logLine(0, 'error', 'x', circle, [])).toContain('error x {}');
  });
});

describe('the file', () => {
  it('holds what was written, in order, readable by its owner alone', async () => {
    const log = open();
    log.write('info', 'first');
    log.write('error', 'second', { code: 'x' });
    expect((await log.end(10_000)).split('\n').map((line) => line.slice(25))).toEqual([
      'info first',
      'error second {"code":"x"}',
      '',
    ]);
    expect((await stat(log.path)).mode & 0o777).toBe(0o600);
    log.write('info', 'third');
    await log.close();
    expect(await readFile(log.path, 'utf8')).toContain('third');
    expect((await open().end(60)).split('\n')).toHaveLength(2);
  });

  it('is turned over before it grows large, and the oldest goes', async () => {
    const log = open();
    const details = { text: 'x'.repeat(5_000) };
    for (let count = 0; count < 1_000; count += 1) {
      log.write('info', `line${count}`, details);
      if (count % 50 === 0) await log.end(10);
    }
    await log.close();
    const names = (await readdir(folder)).sort();
    expect(names).toEqual(['gearway.log', 'gearway.log.1', 'gearway.log.2']);
    for (const name of names) expect((await stat(join(folder, name))).size).toBeLessThan(1_600_000);
  });

  it('that cannot be written loses its lines and nothing else', async () => {
    const log = createLogFile({ path: '/proc/nothing/x.log', now: () => 0, secrets: () => [] });
    log.write('info', 'first');
    expect(await log.end(100)).toBe('');
    log.write('info', 'second');
    await log.close();
  });
});
