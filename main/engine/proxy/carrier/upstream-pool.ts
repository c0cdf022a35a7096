import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { resolveService } from '../../base/service-names.ts';
import { systemProxy } from '../../base/system-proxy/index.ts';
import type { Upstream } from '../headers.ts';
import { createReadBuffers } from './read-buffers.ts';

/** Who is told what a connection brings while it carries an exchange. */
export interface UpstreamUser {
  onConnected(): void;
  /** `chunk` is overwritten afterwards, unless it was borrowed (`borrow`). */
  onData(chunk: Buffer): void;
  onDrain(): void;
  /** The far side ended or the connection broke. */
  onOver(error: Error | undefined): void;
}

/** One connection to a service, kept between exchanges. Its listeners are attached once. */
export interface UpstreamConnection {
  readonly socket: Socket;
  /** It carried an exchange before: it may have died since without a word. */
  readonly isReused: boolean;
  readonly stood: boolean;
  /** Ends it; its user hears no more of it. */
  abandon(): void;
  /** From now on somebody else is told. */
  handTo(user: UpstreamUser): void;
  /** Keeps what `onData` shows now until the call that comes back is made. Only within `onData`. */
  borrow(): () => void;
}

/**
 * The connections to all services. A kept one may have been closed by the service in the moment in which it is used
 * again, and nobody can tell whether a request arrived: so only what changes nothing is sent on it (`take`), and asked
 * anew on a fresh one (`open`) where no byte came back. Whatever may change something goes out on a fresh one at once.
 */
export interface UpstreamPool {
  take(upstream: Upstream, user: UpstreamUser): UpstreamConnection;
  open(upstream: Upstream, user: UpstreamUser): UpstreamConnection;
  /**
   * Gives a connection back that is clean: its answer was read to the end. `keepsFor`: seconds after which the service
   * said that it closes it.
   */
  giveBack(connection: UpstreamConnection, keepsFor: number | undefined): void;
  close(): void;
}

/**
 * So much may wait for a slow client before the service is held back. Between none and 512 KiB the speed of a download
 * was the same within the noise; it saves stops and starts where client and service take turns.
 */
export const mostQueuedBytes = 512 * 1024;
const keptForEach = 64;
/** Most servers close idle connections after five seconds or more. */
const idleMs = 15_000;
/** A connection that the service closes soon is left that long before. */
const beforeItsEndMs = 1_000;

interface Kept extends UpstreamConnection {
  readonly key: string;
  user: UpstreamUser | undefined;
  isReused: boolean;
  stood: boolean;
  error: Error | undefined;
}

/** `onBug`: an exception of ours while bytes of a service were read; its connection is ended, and nothing else. */
export function createUpstreamPool(onBug: (error: unknown) => void): UpstreamPool {
  const free = new Map<string, Kept[]>();
  const all = new Set<Kept>();
  const buffers = createReadBuffers();

  function open(key: string, upstream: Upstream, user: UpstreamUser): Kept {
    const url = new URL(upstream.origin);
    const { hostname, port, protocol } = url;
    const host = hostname.replace(/^\[|\]$/g, '');
    const secure = protocol === 'https:';
    const place = { host, port: Number(port || (secure ? 443 : 80)), lookup: resolveService };
    /** Where the next read goes. */
    let reading: Buffer | undefined;
    const onData = (chunk: Buffer) => {
      // Nobody asked: whatever speaks now cannot be trusted with the next question.
      if (made.user === undefined) socket.destroy();
      else guarded(made, (user) => user.onData(chunk));
    };
    // What a proxy of this computer carries stands later, and is read in chunks of its own.
    const late = systemProxy().isDirect(url) ? undefined : systemProxy().openLate(url);
    const socket = secure
      ? connectTls({
          ...(late === undefined ? place : { socket: late }),
          servername: /^[\d.]+$|:/.test(host) ? '' : host,
          ca: upstream.ca,
          ALPNProtocols: ['http/1.1'],
        })
      : (late?.asSocket() ??
        connectTcp({
          ...place,
          onread: {
            buffer() {
              reading ??= buffers.take();
              return reading;
            },
            callback(bytes, buffer) {
              onData(Buffer.from(buffer.buffer, buffer.byteOffset, bytes));
              return true;
            },
          },
        }));
    if (secure) late?.on('error', (error) => socket.destroy(error));
    socket.setNoDelay(true);
    const made: Kept = {
      ...{ key, socket, user, isReused: false, stood: false, error: undefined },
      abandon() {
        made.user = undefined;
        socket.destroy();
      },
      handTo(next) {
        made.user = next;
      },
      borrow() {
        const borrowed = reading;
        // TLS gives each chunk a memory of its own.
        if (borrowed === undefined) return nothing;
        reading = undefined;
        return () => buffers.giveBack(borrowed);
      },
    };
    all.add(made);
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      made.stood = true;
      guarded(made, (user) => user.onConnected());
    });
    if (secure || late !== undefined) socket.on('data', onData);
    socket.on('drain', () => guarded(made, (user) => user.onDrain()));
    socket.on('error', (error) => {
      made.error = error;
    });
    socket.on('end', () => over(made));
    socket.on('close', () => {
      over(made);
      if (reading !== undefined) buffers.giveBack(reading);
      reading = undefined;
    });
    socket.on('timeout', () =>
      socket.destroy(Object.assign(new Error('Nothing came back in time.'), { code: 'ETIMEDOUT' })),
    );
    return made;
  }

  function over(connection: Kept) {
    all.delete(connection);
    const list = free.get(connection.key);
    const at = list?.indexOf(connection) ?? -1;
    if (at >= 0) list?.splice(at, 1);
    if (list?.length === 0) free.delete(connection.key);
    const { user } = connection;
    connection.user = undefined;
    try {
      user?.onOver(connection.error);
    } catch (error) {
      onBug(error);
    }
    connection.socket.destroy();
  }

  function guarded(connection: Kept, call: (user: UpstreamUser) => void) {
    if (connection.user === undefined) return;
    try {
      call(connection.user);
    } catch (error) {
      onBug(error);
      connection.socket.destroy();
    }
  }

  const keyOf = ({ origin, ca }: Upstream): string => (ca === undefined ? origin : `${origin} ${ca}`);

  return {
    open: (upstream, user) => open(keyOf(upstream), upstream, user),
    take(upstream, user) {
      const key = keyOf(upstream);
      const list = free.get(key);
      const found = list?.pop();
      if (found === undefined) return open(key, upstream, user);
      found.user = user;
      found.isReused = true;
      return found;
    },
    giveBack(connection, keepsFor) {
      const kept = connection as Kept;
      kept.user = undefined;
      const list = free.get(kept.key);
      const lastsMs = keepsFor === undefined ? idleMs : Math.min(idleMs, keepsFor * 1_000 - beforeItsEndMs);
      if (kept.socket.destroyed || lastsMs <= 0 || (list?.length ?? 0) >= keptForEach) {
        kept.socket.destroy();
        return;
      }
      kept.socket.setTimeout(lastsMs);
      if (list === undefined) free.set(kept.key, [kept]);
      else list.push(kept);
    },
    close() {
      for (const { socket } of [...all]) socket.destroy();
    },
  };
}

const nothing = (): void => {};
