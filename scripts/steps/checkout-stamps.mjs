// @ts-check
import { join } from 'node:path';
import { checkoutCache } from '../parts/paths.mjs';
import { openStamps } from '../parts/stamps.mjs';

/** What the steps were last done for in this checkout. */
export const stamps = openStamps(join(checkoutCache, 'stamps'));
