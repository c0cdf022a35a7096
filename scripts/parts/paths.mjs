// @ts-check
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, as an absolute path without a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** What a checkout remembers between two commands; ignored by git and safe to delete. */
export const checkoutCache = join(root, '.cache');

/** What all checkouts of one person share: runtimes that are too large to fetch once for each clone. */
export function userCache() {
  const base = process.env.XDG_CACHE_HOME;
  return join(base?.startsWith('/') ? base : join(homedir(), '.cache'), 'gearway');
}

/**
 * @param {...string} parts
 * @returns {string} a path below the checkout
 */
export function inRoot(...parts) {
  return join(root, ...parts);
}
