import { maxPort } from './constants.ts';

/**
 * Reads a port as typed: plain decimal digits with blanks around them, 1–65535. Full-width digits are plain ones:
 * Chinese input methods type them. Signs, exponents, inner blanks and digits of other scripts are not numbers here.
 */
export function readPort(typed: string): number | undefined {
  const text = plainDigits(typed).trim();
  if (!/^[0-9]{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port >= 1 && port <= maxPort ? port : undefined;
}

/** Full-width digits as plain ones, and nothing else changed: compatibility forms would make 802 of “80²”. */
export const plainDigits = (typed: string): string =>
  typed.replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10));
