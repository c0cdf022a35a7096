import { describe, expect, it } from 'vitest';
import { addCounts, describeCounts, noCounts, readPlaywrightCounts, readVitestCounts } from './counts.mjs';

describe("Vitest's report", () => {
  it('gives its numbers, where pending and planned tests are skipped ones', () => {
    const report = {
      numPassedTests: 7,
      numFailedTests: 2,
      numPendingTests: 1,
      numTodoTests: 3,
      testResults: [],
    };
    expect(readVitestCounts(report)).toEqual({ passed: 7, failed: 2, skipped: 4 });
  });

  it('counts a file that could not be loaded as one failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ];
    expect(readVitestCounts({ numPassedTests: 1, numFailedTests: 1, testResults }).failed).toBe(2);
  });
});

describe("Playwright's report", () => {
  it('gives its numbers, where a test that passed at a second try passed', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [] };
    expect(readPlaywrightCounts(report)).toEqual({ passed: 6, failed: 1, skipped: 2 });
  });

  it('counts an error outside of any test as one failure', () => {
    expect(readPlaywrightCounts({ stats: {}, errors: [{ message: 'No tests found' }] }).failed).toBe(1);
  });
});

it.each([undefined, null, 'text', 7, [], { testResults: 'x', stats: 7, errors: {} }])(
  'counts nothing in a report that is none: %j',
  (report) => {
    expect(readVitestCounts(report)).toEqual(noCounts);
    expect(readPlaywrightCounts(report)).toEqual(noCounts);
  },
);

it('adds counts and writes the closing line', () => {
  const all = addCounts({ passed: 2, failed: 0, skipped: 0 }, { passed: 1, failed: 1, skipped: 0 });
  expect(describeCounts(all)).toBe('3 passed, 1 failed');
  expect(describeCounts({ ...all, skipped: 4 })).toBe('3 passed, 1 failed, 4 skipped');
});
