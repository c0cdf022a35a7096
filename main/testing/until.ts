import { setTimeout as pause } from 'node:timers/promises';

/** Long enough for a slow, busy machine; a test that needs less says so. */
export const usualDeadlineMs = 30_000;

/**
 * Asks again and again until the answer is something: not undefined, not false. Fails after `deadlineMs` with `what`
 * and with the last answer's or error's text.
 */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  { deadlineMs = usualDeadlineMs, everyMs = 20 } = {},
): Promise<T> {
  const end = Date.now() + deadlineMs;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() >= end) throw new Error(`Not within ${deadlineMs} ms: ${what} (last: ${String(last)})`);
    await pause(everyMs);
  }
}

/** Waits for a promise no longer than `deadlineMs`. */
export async function within<T>(
  what: string,
  work: Promise<T>,
  deadlineMs: number = usualDeadlineMs,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Not within ${deadlineMs} ms: ${what}`)), deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
