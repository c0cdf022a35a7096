import type { ErrorCode } from '../errors.ts';

/** Sentences for each code; the last form of each needs no value. */
export type ErrorWords = Readonly<Record<ErrorCode, readonly [string, ...string[]]>>;
