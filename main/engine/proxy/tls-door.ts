import type { Socket } from 'node:net';
import { createSecureContext, createServer, type SecureContext, type TLSSocket } from 'node:tls';
import type { LocalCertificates } from './types.ts';

/** The first byte of every TLS connection (RFC 8446 §5.1, handshake); no HTTP request begins with it. */
export const tlsFirstByte = 0x16;

/** Speaks TLS on connections that began with it, on the same port as plain HTTP. */
export interface TlsDoor {
  /** `socket` has its first bytes put back; `serve` gets the decrypted one. */
  enter(socket: Socket, serve: (socket: TLSSocket) => void): void;
}

const handshakeMs = 10_000;

export function createTlsDoor(certificates: LocalCertificates): TlsDoor {
  const contexts = new Map<string, Promise<SecureContext>>();
  const contextOf = (name: string): Promise<SecureContext> => {
    const known = contexts.get(name);
    if (known !== undefined) return known;
    const made = certificates.for(name).then(createSecureContext);
    contexts.set(name, made);
    return made;
  };
  const waiting = new WeakMap<Socket, (socket: TLSSocket) => void>();
  const server = createServer({
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: handshakeMs,
    SNICallback(name, done) {
      contextOf(isLocalName(name) ? name.toLowerCase() : 'localhost').then(
        (context) => done(null, context),
        (error) => done(error),
      );
    },
  });
  server.on('secureConnection', (socket) => {
    const { _parent: raw } = socket as TLSSocket & { readonly _parent?: Socket };
    const serve = raw === undefined ? undefined : waiting.get(raw);
    if (serve === undefined) socket.destroy();
    else serve(socket);
  });
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  // Clients that ask for an address name nothing: they get the certificate of loopback.
  const ready = contextOf('localhost').then(async () => {
    const { key, cert } = await certificates.for('localhost');
    server.setSecureContext({ key, cert });
  });
  return {
    enter(socket, serve) {
      waiting.set(socket, serve);
      void ready.then(
        () => server.emit('connection', socket),
        () => socket.destroy(),
      );
    },
  };
}

const isLocalName = (name: string): boolean => /^(?:[a-z0-9-]{1,63}\.)?localhost$/i.test(name);
