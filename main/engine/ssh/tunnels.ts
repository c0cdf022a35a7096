import { ok } from '../../../shared/result.ts';
import type { Clock, Random } from '../base/effects.ts';
import { type OpenTunnel, openTunnel } from './tunnel.ts';
import type { Ssh, Tunnels } from './types.ts';

/**
 * All tunnels by id. Opening one that is open leaves it as it is, unless another local port is asked for, or it has
 * failed: then it is tried again.
 */
export function createTunnels(options: {
  readonly ssh: Ssh;
  readonly clock: Clock;
  readonly random: Random;
  readonly onChange: (id: string) => void;
}): Tunnels {
  const tunnels = new Map<string, OpenTunnel>();
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

  async function close(id: string) {
    const tunnel = tunnels.get(id);
    if (tunnel === undefined) return;
    tunnels.delete(id);
    await tunnel.close();
    options.onChange(id);
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
          { ...options, onChange: () => options.onChange(id) },
        );
        if (!opened.ok) return opened;
        await close(id);
        tunnels.set(id, opened.value);
        options.onChange(id);
        return ok(null);
      }),
    close: (id) => inLine(id, () => close(id)),
    retry: (id) => tunnels.get(id)?.retry(),
    get: (id) => tunnels.get(id)?.view(),
    transport: (id) => tunnels.get(id)?.transport(),
    async stop() {
      await Promise.all([...tunnels.keys()].map((id) => inLine(id, () => close(id))));
    },
  };
}
