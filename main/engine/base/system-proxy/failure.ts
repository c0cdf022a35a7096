import type { AppError } from '../../../../shared/result.ts';
import type { SystemProxyError } from './open-by-proxy.ts';

/** What a proxy's refusal means for a connection to `host`. */
export function systemProxyFailure({ code, proxy, status }: SystemProxyError, host: string): AppError {
  switch (code) {
    case 'SYSTEM_PROXY_UNREACHABLE':
      return { code: 'system_proxy_unreachable', params: { proxy } };
    case 'SYSTEM_PROXY_LOGIN':
      return { code: 'system_proxy_login', params: { proxy } };
    case 'SYSTEM_PROXY_REFUSED':
      return {
        code: 'system_proxy_refused',
        params: { proxy, host },
        detail: status === undefined ? undefined : `HTTP ${status}`,
      };
  }
}
