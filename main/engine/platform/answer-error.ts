import type { ErrorCode } from '../../../shared/errors.ts';
import type { AppError } from '../../../shared/result.ts';
import type { WireError } from './wire-answer.ts';

/** Codes of the platform that are on record, and those that GraphQL servers commonly use for the same. */
const codes: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^EXCEED_JOB_COUNT_LIMITATION$/, 'job_limit'],
  [/^FORBIDDEN$/, 'forbidden'],
  [/^(?:UNAUTHENTICATED|UNAUTHORIZED|TOKEN_EXPIRED|INVALID_TOKEN)$/, 'token_refused'],
  [/REAL_?NAME|NOT_VERIFIED|UNVERIFIED/, 'real_name_required'],
  [/RATE_?LIMIT|TOO_MANY_REQUESTS|THROTTL/, 'platform_busy'],
  [/^(?:JOB_NOT_FOUND|NOT_FOUND)$/, 'container_not_found'],
];

/** An expired login shows up as a failing query without a code. */
const expired =
  /\b(?:jwt|token)\b.*\b(?:expired|invalid|malformed)\b|\b(?:expired|invalid)\b.*\b(?:jwt|token)\b/i;

/** What the status says where the answer has no code of its own: servers answer errors with 200, or with these. */
const statuses: Readonly<Record<number, ErrorCode>> = {
  401: 'token_refused',
  403: 'forbidden',
  429: 'platform_busy',
};

/**
 * What a GraphQL error means, with the server's words in `detail`. `scrub` takes secrets out of them. The code of the
 * error goes before its words, and both before the status of the answer.
 */
export function readAnswerError(error: WireError, status: number, scrub: (text: string) => string): AppError {
  const said = error.extensions?.code?.toUpperCase() ?? '';
  const details = error.extensions?.details;
  const detail = scrub(
    [error.message, said, details === undefined || details === null ? '' : JSON.stringify(details)]
      .filter((part) => part !== '')
      .join(' · '),
  );
  const known = codes.find(([pattern]) => pattern.test(said))?.[1];
  const told = known ?? (expired.test(error.message) ? 'token_refused' : undefined);
  return { code: told ?? statuses[status] ?? 'platform_error', detail };
}

/** Does the server say that it does not know a field, an argument or a type that was asked for? */
export const isUnknownField = (error: AppError): boolean =>
  error.code === 'platform_error' &&
  /cannot query field|cannot be spread|unknown (?:field|type|argument)|is not defined by type|must not have a selection|must have a selection|GRAPHQL_VALIDATION_FAILED|FieldUndefined/i.test(
    error.detail ?? '',
  );
