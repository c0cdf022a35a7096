import { lookup } from 'node:dns/promises';

/** The addresses that the system's resolver gives for a name, as programs ask it (`getaddrinfo`). */
export type Resolve = (host: string) => Promise<readonly string[]>;

export const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** A resolver that asks elsewhere first can take its time; a program would wait for it each time. */
const mostMs = 1_500;

/**
 * Does a program that asks the system come to the local proxy by this name? Names under `localhost` are loopback by
 * RFC 6761 §6.3, which browsers know and the C library of many systems does not. The proxy listens on 127.0.0.1: a
 * name that is ::1 alone leads nowhere.
 */
export async function resolvesHere(host: string, resolve: Resolve, signal: AbortSignal): Promise<boolean> {
  const late = AbortSignal.any([signal, AbortSignal.timeout(mostMs)]);
  const given = new Promise<readonly string[]>((done) => {
    late.addEventListener('abort', () => done([]), { once: true });
    if (late.aborted) done([]);
    resolve(host).then(done, () => done([]));
  });
  const addresses = await given;
  return addresses.some((address) => address === '127.0.0.1') && addresses.every(isLoopback);
}

const isLoopback = (address: string): boolean => address === '::1' || /^127\./.test(address);
