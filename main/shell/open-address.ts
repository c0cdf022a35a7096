import { isLoopbackHost } from '../../shared/loopback.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

/**
 * Gives the address back when a browser may be sent there: `https`, or `http`
 * on this machine. Everything else (`file:`, `javascript:`, another program's
 * scheme, a login inside the address) could start something, and is refused.
 */
export function checkAddress(address: string): Result<URL> {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return fail('address_absent');
  }
  if (url.username !== '' || url.password !== '') return fail('address_absent');
  if (url.protocol === 'https:') return ok(url);
  return url.protocol === 'http:' && isLoopbackHost(url.hostname) ? ok(url) : fail('address_absent');
}
