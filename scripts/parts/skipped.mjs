// @ts-check
// What a run did not test is told by name: a count alone would let a test be skipped for years.

/** So many names are told; the rest is a number. */
const told = 40;

/**
 * Reads the names of skipped tests from the report of Vitest's `json` reporter.
 * @param {unknown} report
 * @returns {string[]}
 */
export function readVitestSkipped(report) {
  const tests = list(object(report).testResults).flatMap((file) => list(object(file).assertionResults));
  return tests
    .map(object)
    .filter(({ status }) => ['pending', 'skipped', 'todo'].includes(String(status)))
    .map(({ fullName }) => String(fullName));
}

/**
 * Reads the names of skipped tests, and why they were, from the report of Playwright's `json` reporter.
 * @param {unknown} report
 * @returns {string[]}
 */
export function readPlaywrightSkipped(report) {
  return list(object(report).suites).flatMap(inSuite);
}

/**
 * @param {unknown} suite
 * @returns {string[]}
 */
function inSuite(suite) {
  const { title, specs, suites } = object(suite);
  const own = list(specs)
    .map(object)
    .flatMap((spec) =>
      list(spec.tests)
        .map(object)
        .filter(({ status }) => status === 'skipped')
        .map(({ annotations }) => `${spec.title}${reason(annotations)}`),
    );
  return [...own, ...list(suites).flatMap(inSuite)].map((name) => `${title} ${name}`);
}

/** @param {unknown} annotations */
function reason(annotations) {
  const said = list(annotations)
    .map(object)
    .map(({ description }) => description)
    .filter((text) => typeof text === 'string' && text !== '');
  return said.length === 0 ? '' : ` (${said.join('; ')})`;
}

/**
 * The lines before the counts: nothing where every test ran.
 * @param {readonly string[]} names
 */
export function describeSkipped(names) {
  if (names.length === 0) return '';
  const lines = names.slice(0, told).map((name) => `  ${name.replaceAll(/\s+/g, ' ')}\n`);
  const more = names.length > told ? `  and ${names.length - told} more\n` : '';
  return `Skipped here:\n${lines.join('')}${more}`;
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
function object(value) {
  return typeof value === 'object' && value !== null ? /** @type {Record<string, unknown>} */ (value) : {};
}

/**
 * @param {unknown} value
 * @returns {unknown[]}
 */
function list(value) {
  return Array.isArray(value) ? value : [];
}
