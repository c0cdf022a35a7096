/** What a Host header asks for. `foreign` covers everything that this proxy must not answer. */
type AskedHost =
  | { readonly kind: 'service'; readonly name: string }
  /** The bare machine: a list of what is here. */
  | { readonly kind: 'index' }
  | { readonly kind: 'foreign' };

/**
 * Reads a Host header. A page of a stranger can make a browser send requests here under a name of the stranger's that
 * resolves to 127.0.0.1 (DNS rebinding); only names under `localhost`, which nobody can own (RFC 6761 §6.3), and
 * loopback addresses are answered.
 */
export function readHost(header: string | undefined): AskedHost {
  const found = /^([a-z0-9.-]{1,253}|\[::1\])(?::\d{1,5})?$/i.exec(header ?? '');
  const host = found?.[1]?.toLowerCase().replace(/\.$/, '');
  if (host === undefined) return { kind: 'foreign' };
  if (host === 'localhost' || host === '127.0.0.1' || host === '[::1]') return { kind: 'index' };
  const name = /^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.localhost$/.exec(host)?.[1];
  return name === undefined ? { kind: 'foreign' } : { kind: 'service', name };
}
