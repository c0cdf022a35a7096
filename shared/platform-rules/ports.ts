import { maxPort } from './constants.ts';

/**
 * Reads a port as typed: plain decimal digits with blanks around them, 1–65535.
 * Signs, exponents, inner blanks and digits of other scripts are not numbers here.
 */
export function readPort(typed: string): number | undefined {
  const text = typed.trim();
  if (!/^[0-9]{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port >= 1 && port <= maxPort ? port : undefined;
}
