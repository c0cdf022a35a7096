import { timingSafeEqual } from 'node:crypto';

/** Compares secrets in the same time whatever was typed. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
