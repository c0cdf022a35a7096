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

/** Words of an expired login, which shows up as a failing query without a code: one of each must be there. */
const login = /\b(?:jwt|token)\b/i;
const gone = /\b(?:expired|invalid|malformed)\b/i;

/** What a message says at its beginning is enough; a body of megabytes is read no further. */
const mostChars = 2_000;

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
  const said = error.extensions?.code?.slice(0, 200).toUpperCase() ?? '';
  const message = error.message.slice(0, mostChars);
  const details = error.extensions?.details;
  const detail = scrub(
    [message, said, details === undefined || details === null ? '' : textOf(details)]
      .filter((part) => part !== '')
      .join(' · '),
  );
  const known = codes.find(([pattern]) => pattern.test(said))?.[1];
  const isExpired = !unknownField.test(message) && login.test(message) && gone.test(message);
  const told = known ?? (isExpired ? 'token_refused' : undefined);
  return { code: told ?? statuses[status] ?? 'platform_error', detail };
}

/** Details come from elsewhere and may be deep: only their beginning is of use. */
function textOf(details: unknown): string {
  try {
    return JSON.stringify(details).slice(0, mostChars);
  } catch {
    return '';
  }
}

/**
 * How servers say that they do not know a field, an argument or a type: graphql-js, and graphql-java, whose sentences
 * changed between its versions (`Validation error (FieldUndefined@[…])`, `contains a field name 'ports' that is not
 * defined for input object type`, `Subselection not allowed on leaf type`).
 */
const unknownField = new RegExp(
  [
    'cannot query field',
    'cannot be spread',
    'unknown (?:field|type|argument)',
    'is not defined (?:by|for|in|on) ',
    'must not have a (?:sub)?selection',
    'must have a selection',
    'GRAPHQL_VALIDATION_FAILED',
    '(?:Field|Type|Argument|InputField)Undefined',
    'Unknown(?:Type|Argument|Field|Directive)',
    "(?:field|argument|type) '[^']{1,200}' (?:in type '[^']{1,200}' )?is (?:undefined|not defined|unknown)",
    'contains a field (?:name|not in)',
    'sub-?selection (?:not allowed|required)',
    'SubSelection(?:NotAllowed|Required)',
    'InvalidFragmentType',
    'no such (?:field|argument|type)',
  ].join('|'),
  'i',
);

/** Does the server say that it does not know a field, an argument or a type that was asked for, or cannot read it? */
export const isUnknownField = (error: AppError): boolean =>
  error.code === 'platform_error' && (error.field !== undefined || unknownField.test(error.detail ?? ''));
