// @ts-check

/** A step that is over sooner than this, in ms, is not worth a line. */
const quietFor = 1_000;

/**
 * Says what is being done, once it has taken a second: on a terminal in one line that counts the seconds, elsewhere as
 * one line at its beginning and one at its end.
 * @template T
 * @param {string} label what is done, as in "Installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(label, work) {
  const out = process.stderr;
  const started = performance.now();
  let shown = false;
  const timer = setInterval(() => {
    if (out.isTTY) out.write(`\r\x1b[2K${label} … ${seconds(started)}`);
    else if (!shown) out.write(`${label} …\n`);
    shown = true;
  }, quietFor);
  const end = (/** @type {string} */ word) => {
    clearInterval(timer);
    if (shown) out.write(`${out.isTTY ? '\r\x1b[2K' : ''}${label}: ${word} ${seconds(started)}\n`);
  };
  try {
    const result = await work();
    end('done in');
    return result;
  } catch (error) {
    end('stopped after');
    throw error;
  }
}

/**
 * @param {number} started a reading of performance.now(), in ms
 * @returns {string} how long ago that was, as in "12 s"
 */
export function seconds(started) {
  const elapsed = (performance.now() - started) / 1_000;
  return `${elapsed < 10 ? elapsed.toFixed(1) : Math.round(elapsed)} s`;
}
