import type { ErrorCode } from '../../../../shared/errors.ts';
import type { Route } from '../../../../shared/model/service.ts';
import { leadsInside } from '../../base/service-names.ts';

/** Why a try brought no answer: what the socket said, or the edge in place of a service that does not listen. */
export type TryFailure =
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly detail?: string }
  | { readonly kind: 'refusedByEdge'; readonly status: number };

/** The edge answers so for a service that does not listen. A service can mean it too: what came is kept and may be passed. */
export const isEdgeRefusal = (route: Route, status: number): boolean =>
  route === 'public' && (status === 502 || status === 503);

/**
 * For each step of a connection, TCP and TLS. Across the world a step takes 0.3 s, with a lost packet 1.3 s (RFC 6298
 * §2.1). Where another route works nobody waits for that: a route that went silent is left within a second.
 */
export const connectMs = { withOtherRoute: 900, alone: 8_000 } as const;
/** A model may think for minutes before its first byte. */
export const firstByteMs = 600_000;
/** The most of an answer's head; curl allows 300 KB in all. */
export const mostHeadBytes = 256 * 1024;

/** The code of what went wrong with a socket. */
export function failureCode(error: Error): ErrorCode {
  const code = codeOf(error) ?? '';
  if (code === 'ECONNREFUSED') return 'tcp_refused';
  if (code === leadsInside) return 'name_leads_inside';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'name_unresolved';
  if (/TIMEOUT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/.test(code)) return 'tcp_timeout';
  if (/^(?:CERT_|ERR_TLS|ERR_SSL|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO)/.test(code)) return 'tls_failed';
  return 'connection_lost';
}

/** What the system called it, for the details of an error. */
export const codeOf = (error: Error): string | undefined => (error as NodeJS.ErrnoException).code;

/** A route was found to be down while somebody waited on it. */
export const routeLost = (): Error =>
  Object.assign(new Error('The route went down.'), { code: 'EROUTEDOWN' });

export const notHttp = (): Error => new Error('The answer is no HTTP.');
