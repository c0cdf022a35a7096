// @ts-check

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/** @type {Readonly<Counts>} */
export const noCounts = { passed: 0, failed: 0, skipped: 0 };

/**
 * Reads the report of Vitest's `json` reporter. A file that could not be loaded holds no tests and counts as one failure.
 * @param {unknown} report
 * @returns {Counts}
 */
export function readVitestCounts(report) {
  const fields = object(report);
  const files = Array.isArray(fields.testResults) ? fields.testResults.map(object) : [];
  const unloaded = files.filter((file) => file.status === 'failed' && empty(file.assertionResults));
  return {
    passed: number(fields.numPassedTests),
    failed: number(fields.numFailedTests) + unloaded.length,
    skipped: number(fields.numPendingTests) + number(fields.numTodoTests),
  };
}

/**
 * Reads the report of Playwright's `json` reporter. A test that passed at a second try counts as passed; an error
 * outside of any test counts as one failure.
 * @param {unknown} report
 * @returns {Counts}
 */
export function readPlaywrightCounts(report) {
  const { stats, errors } = object(report);
  const fields = object(stats);
  return {
    passed: number(fields.expected) + number(fields.flaky),
    failed: number(fields.unexpected) + (Array.isArray(errors) ? errors.length : 0),
    skipped: number(fields.skipped),
  };
}

/**
 * @param {Readonly<Counts>} a
 * @param {Readonly<Counts>} b
 * @returns {Counts}
 */
export function addCounts(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/**
 * The closing line that continuous integration reads.
 * @param {Readonly<Counts>} counts
 */
export function describeCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
function object(value) {
  return typeof value === 'object' && value !== null ? /** @type {Record<string, unknown>} */ (value) : {};
}

/** @param {unknown} value */
function number(value) {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** @param {unknown} value */
function empty(value) {
  return !Array.isArray(value) || value.length === 0;
}
