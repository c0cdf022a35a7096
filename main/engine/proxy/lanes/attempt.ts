import type { ErrorCode } from '../../../../shared/errors.ts';
import type { Stop } from '../../base/effects.ts';
import type { HeaderContext } from '../headers.ts';
import type { Recording } from '../inspector/index.ts';

/** How one try went. After `answered` or `gone` the client has heard something, and nothing may be tried again. */
export type Attempt =
  | { readonly kind: 'answered'; readonly status: number }
  /** Nothing reached the client. `unsent`: the connection never stood, so that the service cannot have run it. */
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly detail?: string; readonly unsent: boolean }
  /** The edge answered in place of a service that does not listen. */
  | { readonly kind: 'refusedByEdge'; readonly status: number }
  | { readonly kind: 'gone' };

export interface ForwardOptions {
  readonly context: HeaderContext;
  readonly recording: Recording;
  /** The request may be tried again elsewhere: an edge's 502 is then not handed on, and a slow connection is left sooner. */
  readonly mayGoElsewhere: boolean;
  /** Calls while nothing came back yet and the route is found to be down. */
  readonly onRouteLost: (call: () => void) => Stop;
}

/**
 * For each step of a connection, TCP and TLS. Across the world a step takes 0.3 s, with a lost packet 1.3 s (RFC 6298
 * §2.1). Where another route works nobody waits for that: a route that went silent is left within a second.
 */
export const connectMs = { withOtherRoute: 900, alone: 8_000 } as const;
/** A model may think for minutes before its first byte. */
export const firstByteMs = 600_000;

/** The code of what went wrong with a socket. */
export function failureCode(error: Error): ErrorCode {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ECONNREFUSED') return 'tcp_refused';
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
