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
  return url.protocol === 'http:' && isLoopback(url.hostname) ? ok(url) : fail('address_absent');
}

/** Loopback by address, or by a name that always means it (RFC 6761 §6.3). */
const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '[::1]' ||
  /^127\.\d+\.\d+\.\d+$/.test(host);
