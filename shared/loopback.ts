/**
 * Does this host, as a URL writes it, mean this machine always: loopback by address, or by a name that nobody can own
 * (RFC 6761 §6.3)?
 */
export const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '[::1]' ||
  /^127(?:\.\d{1,3}){3}$/.test(host);
