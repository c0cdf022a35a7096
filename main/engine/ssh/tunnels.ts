import type { Tunnel } from '../../../shared/model/service.ts';
import { ok } from '../../../shared/result.ts';
import type { Clock, Random } from '../base/effects.ts';
import { createFarTables } from './far-tables.ts';
import { type OpenTunnel, openTunnel } from './tunnel.ts';
import type { Ssh, Survival, Tunnels } from './types.ts';

/**
 * All tunnels by id. Opening one that is open leaves it as it is, unless another local port is asked for, or it has
 * failed: then it is tried again.
 */
export function createTunnels(options: {
  readonly ssh: Ssh;
  readonly clock: Clock;
  readonly random: Random;
  readonly onChange: (id: string) => void;
  /** Connections of these tunnels outlive their link. */
  readonly survival?: (id: string) => Survival | undefined;
}): Tunnels {
  const tunnels = new Map<string, OpenTunnel>();
  const tables = createFarTables(options);
  /** Who waits for the end of an attempt. */
  const waiting = new Map<string, Set<() => void>>();
  /** Opening and closing of one id happen one after the other: a quick double click opens one listener. */
  const lines = new Map<string, Promise<unknown>>();

  function inLine<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (lines.get(id) ?? Promise.resolve()).then(work, work);
    const tail = turn.catch(() => undefined);
    lines.set(id, tail);
    void tail.then(() => {
      if (lines.get(id) === tail) lines.delete(id);
    });
    return turn;
  }

  function changed(id: string) {
    for (const look of [...(waiting.get(id) ?? [])]) look();
    options.onChange(id);
  }

  function settled(id: string, what: 'link' | 'service', signal: AbortSignal): Promise<Tunnel | undefined> {
    return new Promise((resolve) => {
      const all = waiting.get(id) ?? new Set();
      const settle = () => {
        all.delete(look);
        if (all.size === 0 && waiting.get(id) === all) waiting.delete(id);
        signal.removeEventListener('abort', settle);
        resolve(tunnels.get(id)?.view());
      };
      const look = () => {
        const state = tunnels.get(id)?.view().state;
        const isOpen = state?.kind === 'connecting' || (what === 'service' && state?.kind === 'verifying');
        if (!isOpen) settle();
      };
      if (signal.aborted) {
        settle();
        return;
      }
      all.add(look);
      waiting.set(id, all);
      signal.addEventListener('abort', settle, { once: true });
      look();
    });
  }

  async function close(id: string) {
    const tunnel = tunnels.get(id);
    if (tunnel === undefined) return;
    tunnels.delete(id);
    await tunnel.close();
    changed(id);
  }

  return {
    open: (id, wanted) =>
      inLine(id, async () => {
        const before = tunnels.get(id);
        const port = before?.view().local?.port;
        if (before !== undefined && (wanted.localPort ?? port) === port) {
          // It is not tried again by itself.
          if (before.view().state.kind === 'failed') before.retry();
          return ok(null);
        }
        // The new listener first: a port that is busy must not cost the tunnel that stands.
        const opened = await openTunnel(
          { ...wanted, id },
          { ...options, tables, onChange: () => changed(id) },
        );
        if (!opened.ok) return opened;
        await close(id);
        tunnels.set(id, opened.value);
        changed(id);
        return ok(null);
      }),
    close: (id) => inLine(id, () => close(id)),
    retry: (id) => tunnels.get(id)?.retry(),
    get: (id) => tunnels.get(id)?.view(),
    settled,
    look: async (id, signal) => (await tunnels.get(id)?.look(signal)) ?? { kind: 'unknown' },
    transport: (id) => tunnels.get(id)?.transport(),
    async stop() {
      await Promise.all([...tunnels.keys()].map((id) => inLine(id, () => close(id))));
    },
  };
}
