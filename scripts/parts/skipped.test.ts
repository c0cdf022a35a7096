import { expect, it } from 'vitest';
import { describeSkipped, readPlaywrightSkipped, readVitestSkipped } from './skipped.mjs';

it("names what Vitest's report holds as skipped, planned ones too", () => {
  const assertionResults = [
    { status: 'passed', fullName: 'a server is called Redis' },
    { status: 'skipped', fullName: 'a server is called MariaDB (needs mariadbd)' },
    { status: 'pending', fullName: 'b' },
    { status: 'todo', fullName: 'c' },
  ];
  expect(readVitestSkipped({ testResults: [{ assertionResults }, {}] })).toEqual([
    'a server is called MariaDB (needs mariadbd)',
    'b',
    'c',
  ]);
});

it("names what Playwright's report holds as skipped, with the reason, however deep it stands", () => {
  const skipped = { status: 'skipped', annotations: [{ type: 'skip', description: 'on Linux only' }] };
  const inner = { title: 'tray', specs: [{ title: 'opens', tests: [skipped, { status: 'expected' }] }] };
  const outer = {
    title: 'a.e2e.ts',
    specs: [{ title: 'x', tests: [{ status: 'skipped' }] }],
    suites: [inner],
  };
  expect(readPlaywrightSkipped({ suites: [outer] })).toEqual([
    'a.e2e.ts x',
    'a.e2e.ts tray opens (on Linux only)',
  ]);
});

it.each([undefined, null, 'text', 7, [], { testResults: 'x', suites: 7 }, { suites: [null] }])(
  'names nothing in a report that is none: %j',
  (report) => {
    expect(readVitestSkipped(report)).toEqual([]);
    expect(readPlaywrightSkipped(report)).toEqual([]);
  },
);

it('says nothing where every test ran, one line for each that did not, and stops at forty', () => {
  expect(describeSkipped([])).toBe('');
  expect(describeSkipped(['a\n b'])).toBe('Skipped here:\n  a b\n');
  const many = describeSkipped(Array.from({ length: 43 }, (_, index) => `t${index}`));
  expect(many.split('\n')).toHaveLength(43);
  expect(many).toContain('\n  and 3 more\n');
});
