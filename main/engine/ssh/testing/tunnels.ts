import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Tunnel } from '../../../../shared/model/service.ts';
import { ok } from '../../../../shared/result.ts';
import { type Cleanup, type SshServer, startFaultRelay, until, within } from '../../../testing/index.ts';
import { silentLog, systemClock } from '../../base/effects.ts';
import { Secret } from '../../base/secret.ts';
import {
  createSsh,
  createTunnels,
  type Ssh,
  type SshEndpoint,
  type Survival,
  type TunnelOptions,
} from '../index.ts';

/**
 * Tunnels to a real SSH server through a relay that misbehaves on demand; `direct` leaves the relay out, `jump` is a host
 * in front of the relay.
 */
export async function makeTunnels(
  cleanup: Cleanup,
  target: SshServer,
  how: {
    readonly direct?: boolean;
    readonly endpoint?: Partial<SshEndpoint>;
    readonly jump?: SshServer;
    /** Connections outlive the link by this. */
    readonly survival?: (ssh: Ssh) => Survival;
  } = {},
) {
  const relay = cleanup.add(await startFaultRelay(target));
  const pins = new Map<
    string,
    { runId: string; fingerprint: string; algorithm: string; acceptedAt: number }
  >();
  const ssh = createSsh({
    endpoint: async (key) =>
      ok({
        ...(how.jump !== undefined && key === 'host' ? { via: 'jump' } : {}),
        host: '127.0.0.1',
        port: how.direct === true ? target.port : relay.port,
        user: target.user,
        runId: 'run',
        keys: [{ text: new Secret(target.privateKey) }],
        ...how.endpoint,
        ...(key === 'jump' && how.jump !== undefined
          ? {
              port: how.jump.port,
              runId: 'jump',
              keys: [{ text: new Secret(how.jump.privateKey) }],
            }
          : {}),
      }),
    hostKeys: { pin: (id) => pins.get(id), remember: (pin) => void pins.set(pin.runId, pin) },
    clock: systemClock,
    random: Math.random,
    log: silentLog,
  });
  const survival = how.survival?.(ssh);
  const tunnels = createTunnels({
    ssh,
    clock: systemClock,
    random: Math.random,
    onChange: () => {},
    survival: () => survival,
  });
  cleanup.add(ssh);
  cleanup.add(tunnels);
  let count = 0;

  async function open(
    far: { readonly port: number },
    {
      until: wanted = 'connected',
      ...options
    }: Partial<TunnelOptions> & { readonly until?: Tunnel['state']['kind'] } = {},
  ) {
    count += 1;
    const id = `tunnel-${count}`;
    const opened = await tunnels.open(id, { key: 'host', targetPort: far.port, ...options });
    if (!opened.ok) throw new Error(opened.error.code);
    const view = () => tunnels.get(id) ?? { state: { kind: 'closed' as const } };
    const state = () => view().state.kind;
    await until(wanted, () => {
      if (state() === wanted) return true;
      throw new Error(`it is ${JSON.stringify(view().state)}`);
    });
    return { id, port: tunnels.get(id)?.local?.port ?? 0, view, state };
  }
  return { relay, ssh, tunnels, open };
}

/** A far service. */
export async function listen(
  cleanup: Cleanup,
  options: { readonly allowHalfOpen?: boolean },
  serve: (socket: Socket) => void,
  port = 0,
) {
  const clients = new Set<Socket>();
  const listener: Server = createServer({ noDelay: true, ...options }, (socket) => {
    clients.add(socket);
    socket.on('close', () => clients.delete(socket));
    socket.on('error', () => socket.destroy());
    serve(socket);
  }).listen(port, '127.0.0.1');
  await once(listener, 'listening');
  cleanup.later(() => {
    listener.close();
    for (const client of clients) client.destroy();
  });
  return { port: (listener.address() as AddressInfo).port, open: () => clients.size };
}

export const echo = (cleanup: Cleanup, port = 0) =>
  listen(cleanup, {}, (socket) => socket.pipe(socket), port);

export const bigBytes = 500 * 1000 * 1000;

/** Sends 500 MB and then ends as a web server does. */
export const bigFile = (cleanup: Cleanup) =>
  listen(cleanup, {}, (socket) => {
    const chunk = Buffer.alloc(1_000_000, 'x');
    let left = bigBytes;
    const more = () => {
      while (left > 0 && !socket.destroyed) {
        left -= chunk.length;
        if (!socket.write(chunk)) return;
      }
      socket.end();
    };
    socket.on('drain', more);
    more();
  });

/** Reads until the end or an error; calls `then` once after 20 MB. */
export function download(
  port: number,
  then: () => void,
): Promise<{ readonly bytes: number; readonly error: string | undefined }> {
  return within(
    'the end of a download',
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      let bytes = 0;
      let fault: (() => void) | undefined = then;
      let error: string | undefined;
      socket.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes < 20_000_000) return;
        fault?.();
        fault = undefined;
      });
      socket.on('error', (cause: NodeJS.ErrnoException) => {
        error = cause.code;
      });
      socket.on('close', () => resolve({ bytes, error }));
    }),
  );
}

/** Whether an echo comes back over a fresh connection. */
export function say(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(false));
    socket.write('hello');
  });
}
