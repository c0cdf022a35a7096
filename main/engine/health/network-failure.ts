import type { ErrorCode } from '../../../shared/errors.ts';
import type { StepName } from '../../../shared/model/service.ts';
import type { AppError } from '../../../shared/result.ts';
import { leadsInside } from '../base/service-names.ts';
import { SystemProxyError, systemProxyFailure } from '../base/system-proxy/index.ts';

/** Says what a system's error at one step means. `detail` keeps the system's word for it. */
export function networkFailure(
  error: unknown,
  step: StepName,
  where: { readonly host: string; readonly port: number },
): AppError {
  if (error instanceof SystemProxyError) return systemProxyFailure(error, where.host);
  const raw = (error as NodeJS.ErrnoException | undefined)?.code;
  return { code: codeOf(raw, step), params: { host: where.host, port: where.port }, detail: raw };
}

function codeOf(raw: string | undefined, step: StepName): ErrorCode {
  if (raw === 'ABORT_ERR') return 'cancelled';
  if (raw === leadsInside) return 'name_leads_inside';
  if (step === 'name') return 'name_unresolved';
  if (step === 'tls') return 'tls_failed';
  if (raw === 'ECONNREFUSED') return 'tcp_refused';
  if (step === 'tcp' && raw === 'ETIMEDOUT') return 'tcp_timeout';
  if (step === 'tcp' && raw !== undefined && unreachable.has(raw)) return 'tcp_refused';
  return 'connection_lost';
}

const unreachable: ReadonlySet<string> = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EACCES']);
