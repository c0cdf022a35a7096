import type { Client } from 'ssh2';

/** What this module uses of ssh2 1.17: the answers to global requests come in their order (RFC 4254 §4). */
interface Ssh2Client {
  readonly _callbacks: ((failed: unknown) => void)[];
  readonly _protocol: { ping(): void };
  readonly _sock?: { readonly writable: boolean };
}

/**
 * Asks the far side for any answer (`keepalive@openssh.com`, which every server answers with yes or no). `onAnswer` gets
 * whether it was one: the end of the connection answers all that is open, too. Gives whether it could be asked.
 */
export function ping(client: Client, onAnswer: (isAnswer: boolean) => void): boolean {
  const { _callbacks, _protocol, _sock } = client as unknown as Ssh2Client;
  if (_sock?.writable !== true) return false;
  _callbacks.push((failed) => onAnswer(!(failed instanceof Error)));
  _protocol.ping();
  return true;
}
