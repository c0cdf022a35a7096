import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { TlsFacts } from '../../../shared/model/service.ts';
import { resolveService } from '../base/service-names.ts';
import { systemProxy } from '../base/system-proxy/index.ts';
import type { Stopwatch } from './stopwatch.ts';

interface Destination {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** PEM of the authority that signed the server's certificate, where the system does not know it. */
  readonly ca?: string;
}

/** What a certificate that is not trusted says of itself, carried by the error. */
export class UntrustedCertificate extends Error {
  readonly code: string;
  readonly tls: TlsFacts;

  constructor(tls: TlsFacts) {
    super(tls.fault);
    this.code = tls.fault ?? 'UNTRUSTED';
    this.tls = tls;
  }
}

/**
 * Opens one connection and times name, TCP and TLS. Rejects with the system's error, or `UntrustedCertificate`; the
 * stopwatch knows the step.
 */
export async function connectTimed(to: Destination, watch: Stopwatch, signal: AbortSignal): Promise<Socket> {
  const tcp = (await openByProxy(to, watch, signal)) ?? (await openStraight(to, watch, signal));
  if (!to.tls) return tcp;
  watch.begin('tls');
  const tls = connectTls({
    socket: tcp,
    servername: to.host,
    ...(to.ca === undefined ? {} : { ca: to.ca }),
    // Judged below, before a byte is sent: who signed it is worth more to a person than that it is not trusted.
    rejectUnauthorized: false,
  });
  await settled(tls, 'secureConnect');
  if (!tls.authorized) {
    const facts = tlsFactsOf(tls);
    tls.destroy();
    throw new UntrustedCertificate(facts);
  }
  watch.done();
  return tls;
}

/** A proxy of this computer resolves the name and opens the connection: both are one step. */
async function openByProxy(
  to: Destination,
  watch: Stopwatch,
  signal: AbortSignal,
): Promise<Socket | undefined> {
  const host = to.host.includes(':') && !to.host.startsWith('[') ? `[${to.host}]` : to.host;
  const url = new URL(`${to.tls ? 'https' : 'http'}://${host}:${to.port}`);
  if (systemProxy().isDirect(url)) return undefined;
  watch.begin('tcp');
  const socket = await systemProxy().open(url, signal);
  if (socket === undefined) return undefined;
  watch.done();
  // Between two steps an error has no listener of ours; Node.js would end the process for it.
  socket.on('error', () => {});
  return socket;
}

async function openStraight(to: Destination, watch: Stopwatch, signal: AbortSignal): Promise<Socket> {
  const address = /^[\d.]+$|^\[?[0-9a-f:]+\]?$/i.test(to.host);
  if (!address) watch.begin('name');
  const tcp = connectTcp({ host: to.host, port: to.port, lookup: resolveService, signal, noDelay: true });
  if (!address) {
    await settled(tcp, 'lookup');
    watch.done();
  }
  watch.begin('tcp');
  await settled(tcp, 'connect');
  watch.done();
  return tcp;
}

/** Who signed the certificate of the other side, and until when it holds. */
export function tlsFactsOf(socket: TLSSocket): TlsFacts {
  const { issuer, valid_to } = socket.getPeerCertificate();
  const name = [issuer?.O, issuer?.CN].flat().find((part) => part !== undefined && part !== '');
  return {
    issuer: (name ?? '').slice(0, 200),
    validTo: Date.parse(valid_to) || 0,
    ...(socket.authorized ? {} : { fault: String(socket.authorizationError ?? '').slice(0, 100) }),
  };
}

/** Waits for one event of a socket; whatever ends the socket first is the reason of the rejection. */
function settled(socket: Socket, event: 'lookup' | 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (error: unknown) => {
      socket.off(event, good);
      socket.off('error', end);
      socket.off('close', closed);
      reject(error);
    };
    const closed = () => end(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    const good = (problem?: unknown) => {
      if (event === 'lookup' && problem instanceof Error) {
        end(problem);
        return;
      }
      socket.off('error', end);
      socket.off('close', closed);
      // Between two steps an error has no listener of ours; Node.js would end the process for it.
      if (socket.listenerCount('error') === 0) socket.on('error', () => {});
      resolve();
    };
    socket.once(event, good);
    socket.once('error', end);
    socket.once('close', closed);
  });
}
