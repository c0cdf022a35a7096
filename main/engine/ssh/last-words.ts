import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { LastWords } from './ssh-failure.ts';

/** What this module uses of ssh2 1.17 (`lib/client.js`, `lib/protocol/handlers.misc.js`). */
interface Handlers {
  DISCONNECT(protocol: unknown, reason: number, text: string): void;
  USERAUTH_FAILURE(protocol: unknown, methods: unknown, partial: unknown): void;
}

const mostText = 1_000;

/**
 * Keeps what a server says of itself, from the moment that ssh2 has its protocol on. ssh2 tells a disconnect's text only
 * for some reasons, and lines before the greeting not at all.
 */
export function hearLastWords(client: Client, socket: Duplex) {
  const heard: { -readonly [K in keyof LastWords]: LastWords[K] } = {};
  const { _protocol } = client as unknown as {
    readonly _protocol: { readonly _handlers: Handlers; readonly _remoteIdentRaw?: unknown };
  };
  const handlers = _protocol._handlers;

  let before = '';
  const listen = (chunk: Buffer) => {
    before += chunk.toString('utf8', 0, mostText - before.length);
    if (/^SSH-/m.test(before) || before.length >= mostText) socket.off('data', listen);
    heard.before = /^SSH-/m.test(before) ? '' : before;
  };
  socket.on('data', listen);

  const { DISCONNECT, USERAUTH_FAILURE } = handlers;
  handlers.DISCONNECT = (protocol, reason, text) => {
    heard.reason = reason;
    heard.text = text.slice(0, mostText);
    DISCONNECT.call(handlers, protocol, reason, text);
  };
  handlers.USERAUTH_FAILURE = (protocol, methods, partial) => {
    heard.refused = (heard.refused ?? 0) + 1;
    USERAUTH_FAILURE.call(handlers, protocol, methods, partial);
  };
  client.once('handshake', () => {
    heard.refused = 0;
  });
  client.on('banner', (text: string) => {
    heard.banner = `${heard.banner ?? ''}${text}`.slice(-mostText);
  });

  return {
    heard: (): LastWords => heard,
    /** ssh2 tells of it as of an error, and goes on with the next way to sign in. */
    goesOn(error: unknown): boolean {
      const { level, message } = error as { readonly level?: string; readonly message?: string };
      if (level === 'agent') heard.agent = (message ?? 'agent').slice(0, 200);
      return level === 'agent' || (level === 'client-authentication' && message !== lastWay);
    },
  };
}

/** What ssh2 says when no way to sign in is left. */
const lastWay = 'All configured authentication methods failed';
