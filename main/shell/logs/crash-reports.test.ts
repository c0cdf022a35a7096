import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCrashReports } from './crash-reports.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'gw-crash-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

function setup() {
  let now = Date.UTC(2026, 10, 30);
  return createCrashReports({
    folder: join(parent, 'crashes'),
    now: () => (now += 1_000),
    system: 'Gearway 1 on a test',
    secrets: () => ['hush-hush'],
  });
}

describe('a crash', () => {
  it('leaves a text that holds what happened and no secret, readable by its owner alone', () => {
    const reports = setup();
    reports.write('engine', 'Error: hush-hush\n    at somewhere\u001b[31m', 'a line with Bearer abcdef');
    const [text = ''] = reports.read();
    expect(text).toContain('the engine ended unexpectedly.');
    expect(text).toContain('at somewhere');
    expect(text).toContain('System: Gearway 1 on a test');
    for (const gone of ['hush-hush', 'abcdef', '\u001b']) expect(text).not.toContain(gone);
    const [name = ''] = readdirSync(reports.folder);
    expect(statSync(join(reports.folder, name)).mode & 0o777).toBe(0o600);
  });

  it('is kept until ten newer ones are there', () => {
    const reports = setup();
    for (let count = 0; count < 14; count += 1) reports.write('window', `number ${count}`, '');
    expect(reports.read()).toHaveLength(10);
    expect(reports.read()[0]).toContain('number 13');
  });

  it('breaks nothing where the disk takes nothing', () => {
    writeFileSync(join(parent, 'crashes'), 'a file where the folder would be');
    const reports = setup();
    reports.write('application', 'x', '');
    expect(reports.read()).toEqual([]);
    expect(reports.beginRun()).toBeUndefined();
  });
});

describe('a run', () => {
  it('that did not quit is known to the next one', () => {
    const first = setup();
    expect(first.beginRun()).toBeUndefined();
    expect(setup().beginRun()).toEqual({ startedAt: expect.stringMatching(/^2026-11-30T/) });
    const quits = setup();
    quits.endRun();
    expect(existsSync(join(parent, 'crashes', 'running.json'))).toBe(false);
    expect(setup().beginRun()).toBeUndefined();
  });
});
