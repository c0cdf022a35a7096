/** The longest wait that is believed, in seconds: a server that errs must not silence Gearway for a day. */
const longest = 600;

/**
 * How long a server asks to be left alone, in whole seconds from 1 to 600, by its `Retry-After` (RFC 9110, section
 * 10.2.3): seconds, or a date. Nothing for what is neither.
 */
export function readRetryAfter(header: string | null, now: number): { readonly seconds?: number } {
  const text = header?.trim() ?? '';
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now) / 1000);
  return Number.isNaN(seconds) ? {} : { seconds: Math.min(Math.max(seconds, 1), longest) };
}
