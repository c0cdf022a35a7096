import type { Socket } from 'node:net';
import type { ProxyServer } from './proxy-server.ts';

/** Why a proxy did not carry a connection. `status`: what it answered, where it answered at all. */
export class SystemProxyError extends Error {
  readonly code: 'SYSTEM_PROXY_UNREACHABLE' | 'SYSTEM_PROXY_LOGIN' | 'SYSTEM_PROXY_REFUSED';
  /** `host:port` of the proxy. */
  readonly proxy: string;
  readonly status: number | undefined;

  constructor(code: SystemProxyError['code'], server: ProxyServer, status?: number) {
    super(`${code} ${server.host}:${server.port}`);
    this.code = code;
    this.proxy = `${server.host}:${server.port}`;
    this.status = status;
  }
}

/** A proxy that takes longer leads nowhere; in ms. */
const mostMs = 20_000;

/** Opens a connection to a place by a proxy. Rejects with `SystemProxyError`, or with the signal's reason. */
export async function openByProxy(
  server: ProxyServer,
  to: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<Socket> {
  signal.throwIfAborted();
  try {
    const socket =
      server.kind === 'http' || server.kind === 'https'
        ? await openByHttp({ ...server, kind: server.kind }, to, signal)
        : await openBySocks({ ...server, kind: server.kind }, to, signal);
    socket.setNoDelay(true);
    return socket;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof SystemProxyError
      ? error
      : new SystemProxyError('SYSTEM_PROXY_UNREACHABLE', server);
  }
}

const authority = ({ host, port }: { readonly host: string; readonly port: number }) =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** By `CONNECT` (RFC 9110 section 9.3.6). The library is loaded where somebody has a proxy. */
async function openByHttp(
  server: ProxyServer & { readonly kind: 'http' | 'https' },
  to: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<Socket> {
  const { Client } = await import('undici');
  const client = new Client(`${server.kind}://${authority(server)}`, {
    connect: { timeout: mostMs },
    headersTimeout: mostMs,
  });
  const { login } = server;
  const word = login && Buffer.from(`${login.user}:${login.password}`).toString('base64');
  try {
    const { statusCode, socket } = await client.connect({
      path: authority(to),
      headers: {
        host: authority(to),
        ...(word === undefined ? {} : { 'proxy-authorization': `Basic ${word}` }),
      },
      signal,
    });
    if (statusCode === 200) return socket as Socket;
    socket.destroy();
    const code = statusCode === 407 ? 'SYSTEM_PROXY_LOGIN' : 'SYSTEM_PROXY_REFUSED';
    throw new SystemProxyError(code, server, statusCode);
  } finally {
    // The connection has left the client by now.
    void client.close().catch(() => {});
  }
}

async function openBySocks(
  server: ProxyServer & { readonly kind: 'socks4' | 'socks5' },
  to: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<Socket> {
  const { SocksClient } = await import('socks');
  const opening = SocksClient.createConnection({
    proxy: {
      host: server.host,
      port: server.port,
      type: server.kind === 'socks4' ? 4 : 5,
      ...(server.login === undefined ? {} : { userId: server.login.user, password: server.login.password }),
    },
    command: 'connect',
    destination: to,
    timeout: mostMs,
  });
  const aborted = new Promise<never>((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
  try {
    return (await Promise.race([opening, aborted])).socket;
  } catch (error) {
    void opening.then(({ socket }) => socket.destroy()).catch(() => {});
    signal.throwIfAborted();
    // The library has words and no codes for the answers of RFC 1928 section 6.
    const text = error instanceof Error ? error.message : '';
    if (/authentication/i.test(text)) throw new SystemProxyError('SYSTEM_PROXY_LOGIN', server);
    throw new SystemProxyError(
      /rejected connection|ConnectionRejected|proxy rejected/i.test(text)
        ? 'SYSTEM_PROXY_REFUSED'
        : 'SYSTEM_PROXY_UNREACHABLE',
      server,
    );
  }
}
