import type { ErrorCode } from './errors.ts';

/**
 * An expected failure: a code, and the values its sentence needs. Words are made
 * from it in the window only (`shared/words`). It must never hold a secret.
 */
export interface AppError {
  readonly code: ErrorCode;
  /** Values that the sentence names: a port, a container's name, a host. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** The field of the request that caused it, where one did. */
  readonly field?: string;
  /** What the library or the far side said, for the details; free of secrets. */
  readonly detail?: string;
}

export type Result<T, E = AppError> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/** A result that is none. */
export type Failure = Extract<Result<never>, { readonly ok: false }>;

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const err = <E = AppError>(error: E): { readonly ok: false; readonly error: E } => ({
  ok: false,
  error,
});

/** Short form for an `AppError` result. */
export const fail = (
  code: ErrorCode,
  rest: Omit<AppError, 'code'> = {},
): { readonly ok: false; readonly error: AppError } => err({ code, ...rest });
