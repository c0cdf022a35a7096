import type { AppError } from '../../../shared/result.ts';
import { SystemProxyError, systemProxyFailure } from '../base/system-proxy/index.ts';

/** How a request ended without an answer: `sent` tells whether the platform may have acted on it. */
interface Unanswered {
  readonly error: AppError;
  readonly sent: boolean;
}

/**
 * Reads the exception of `fetch`. Node hides the reason in a chain of causes and groups those of several addresses
 * (`AggregateError`).
 */
export function readNetworkError(thrown: unknown, host: string): Unanswered {
  const refusal = ofProxy(thrown);
  if (refusal !== undefined) return { error: systemProxyFailure(refusal, host), sent: false };
  const code = reason(thrown);
  const params = { host };
  const detail = code === '' ? undefined : code;
  if (/^(?:ENOTFOUND|EAI_)/.test(code)) {
    return { error: { code: 'name_unresolved', params, detail }, sent: false };
  }
  // Valid at another time only: the usual reason is the clock of this machine.
  if (/^CERT_(?:NOT_YET_VALID|HAS_EXPIRED)$/.test(code)) {
    return { error: { code: 'clock_wrong', params, detail }, sent: false };
  }
  if (/CERT|SSL|TLS|SELF_SIGNED|ISSUER|ALTNAME|EPROTO|UNABLE_TO_/.test(code)) {
    return { error: { code: 'tls_failed', params, detail }, sent: false };
  }
  const sent = !/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EACCES|UND_ERR_CONNECT_TIMEOUT)$/.test(code);
  return { error: { code: 'origin_unreachable', params, detail }, sent };
}

function ofProxy(thrown: unknown): SystemProxyError | undefined {
  let current = thrown;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    if (current instanceof SystemProxyError) return current;
    current = current.cause;
  }
  return undefined;
}

function reason(thrown: unknown): string {
  let current = thrown;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return '';
}
