import type { IncomingMessage } from 'node:http';

/** Why a request that Node's parser took is refused all the same. */
type Refusal = 'version' | 'target_form' | 'host_twice' | 'transfer_encoding';

/**
 * What Node's parser lets pass and a proxy must not: it refuses conflicting lengths, bad chunks and folded headers
 * itself. Absolute targets would make this an open proxy; two Hosts, or a coding that the next hop reads in another
 * way, are how requests are smuggled (RFC 9112 §3.2, §6.1, §11.2).
 */
export function refusalOf(request: IncomingMessage): Refusal | undefined {
  // Node's parser takes a line without a version for HTTP/0.9.
  if (request.httpVersion !== '1.1' && request.httpVersion !== '1.0') return 'version';
  if (request.url?.startsWith('/') !== true) return 'target_form';
  let hosts = 0;
  for (let index = 0; index < request.rawHeaders.length; index += 2)
    if (request.rawHeaders[index]?.toLowerCase() === 'host') hosts += 1;
  if (hosts > 1) return 'host_twice';
  const coding = request.headers['transfer-encoding'];
  if (coding !== undefined && (coding.toLowerCase() !== 'chunked' || request.httpVersion === '1.0'))
    return 'transfer_encoding';
  return undefined;
}
