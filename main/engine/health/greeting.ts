/** Names the protocol by the first bytes that a server sends; `undefined` for what is not known. */
export function greetingOf(bytes: Buffer): string | undefined {
  const text = bytes.subarray(0, 200).toString('latin1');
  if (/^SSH-\d/.test(text)) return 'ssh';
  if (/^(?:\+PONG|-NOAUTH|-ERR|-DENIED|\+OK)/.test(text)) return 'redis';
  if (/^220[ -]/.test(text)) return /smtp|mail/i.test(text) ? 'smtp' : 'ftp';
  if (/^RFB \d{3}\.\d{3}/.test(text)) return 'vnc';
  // A MySQL server's first packet: three bytes of length, sequence 0, protocol 10 (dev.mysql.com, handshake v10).
  if (bytes.length > 5 && bytes[3] === 0 && bytes[4] === 10) return 'mysql';
  // It refuses a host by its first packet already (same place, ERR packet).
  if (bytes[3] === 0 && bytes[4] === 0xff && /MySQL|MariaDB/.test(text)) return 'mysql';
  return undefined;
}

/** PostgreSQL answers `S` or `N` to a request for TLS (PostgreSQL documentation, "SSL Session Encryption"). */
export const postgresSslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
/** `S` or `N`: it would speak TLS, or would not. */
export const isPostgresAnswer = (bytes: Buffer): boolean =>
  bytes.length === 1 && (bytes[0] === 0x53 || bytes[0] === 0x4e);
