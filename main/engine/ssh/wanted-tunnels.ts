import type { Container } from '../../../shared/model/container.ts';
import type { WantedTunnel } from '../../../shared/model/memory.ts';
import { readServiceId } from '../../../shared/model/service.ts';
import { type AppError, fail, ok, type Result } from '../../../shared/result.ts';
import type { Log } from '../base/effects.ts';
import type { EngineMemory } from '../base/memory.ts';
import type { Tunnels } from './types.ts';

/**
 * The tunnels that the person wants, kept in memory: they come back, each at its own port, when the application, the
 * engine or the container starts again.
 */
export interface WantedTunnels {
  /** Hands in the present containers: wanted tunnels of running ones are opened. */
  follow(containers: readonly Container[]): void;
  /**
   * Answers when the first attempt has ended, well or not: a link that fails is tried again, and the state of the tunnel
   * says so. `service_not_found`, `local_port_busy`, `local_port_forbidden`: a port that was refused is not remembered.
   * `cancelled`: the attempt ended with the signal, and a tunnel that it had begun is gone.
   */
  open(
    serviceId: string,
    localPort: number | undefined,
    signal: AbortSignal,
  ): Promise<Result<{ readonly host: string; readonly port: number }>>;
  close(serviceId: string): Promise<void>;
  /** From its next connection on. */
  setSurvival(serviceId: string, on: boolean): void;
  /** The platform takes the token again: tunnels that failed for want of one are tried again. */
  renewed(): void;
  /** Closes all and keeps what is wanted. */
  closeAll(): Promise<void>;
}

export function createWantedTunnels(options: {
  readonly memory: EngineMemory;
  readonly tunnels: Pick<Tunnels, 'open' | 'close' | 'retry' | 'get' | 'settled'>;
  readonly log: Log;
}): WantedTunnels {
  const { memory, tunnels, log } = options;
  /** The run in which each tunnel was last opened: a new run asks an old link to come back at once. */
  const openedIn = new Map<string, string>();
  let runs: ReadonlyMap<string, string> = new Map();

  const wantedOf = (id: string): WantedTunnel | undefined =>
    memory.read().tunnels.find((tunnel) => tunnel.serviceId === id);
  const note = (id: string, part: Partial<WantedTunnel>) => {
    const before = wantedOf(id);
    const after = { serviceId: id, open: false, ...before, ...part };
    memory.update({ tunnels: [...memory.read().tunnels.filter((tunnel) => tunnel !== before), after] });
  };

  async function listen(id: string, localPort: number | undefined) {
    const target = readServiceId(id);
    if (target === undefined) return fail('service_not_found');
    openedIn.set(id, runs.get(target.containerId) ?? '');
    const opened = await tunnels.open(id, {
      key: target.containerId,
      targetPort: target.port,
      localPort: localPort ?? wantedOf(id)?.localPort,
    });
    if (!opened.ok) return opened;
    const local = tunnels.get(id)?.local;
    return local === undefined ? fail('cancelled') : ok(local);
  }

  return {
    follow(containers) {
      runs = new Map(
        containers
          .filter((container) => container.status.kind === 'running')
          .map((container) => [container.id, container.runId]),
      );
      for (const { serviceId, open: isWanted } of memory.read().tunnels) {
        const runId = runs.get(readServiceId(serviceId)?.containerId ?? '');
        if (!isWanted || runId === undefined || openedIn.get(serviceId) === runId) continue;
        if (openedIn.has(serviceId) && tunnels.get(serviceId) !== undefined) {
          openedIn.set(serviceId, runId);
          tunnels.retry(serviceId);
          continue;
        }
        void listen(serviceId, undefined).then((opened) => {
          if (!opened.ok) log('warn', 'tunnel.notReopened', { serviceId, code: opened.error.code });
        });
      }
    },
    async open(id, localPort, signal) {
      if (signal.aborted) return fail('cancelled');
      const stood = tunnels.get(id) !== undefined;
      const opened = await listen(id, localPort);
      if (!opened.ok) return opened;
      // Kept at once: an engine that dies while the server lets it wait opens it again.
      const before = wantedOf(id);
      note(id, { open: true, localPort: opened.value.port });
      const settled = await tunnels.settled(id, 'link', signal);
      // Somebody closed it meanwhile.
      if (settled === undefined) return fail('cancelled');
      if (!signal.aborted || stood) return opened;
      openedIn.delete(id);
      note(id, { open: false, localPort: before?.localPort });
      await tunnels.close(id);
      return fail('cancelled');
    },
    async close(id) {
      openedIn.delete(id);
      note(id, { open: false });
      await tunnels.close(id);
    },
    setSurvival: (id, on) => note(id, { plain: on ? undefined : true }),
    renewed() {
      for (const id of openedIn.keys()) {
        const state = tunnels.get(id)?.state;
        if (state?.kind === 'failed' && isForToken(state.error)) tunnels.retry(id);
      }
    },
    async closeAll() {
      const open = [...openedIn.keys()];
      openedIn.clear();
      await Promise.all(open.map((id) => tunnels.close(id)));
    },
  };
}

const isForToken = ({ code }: AppError): boolean => code === 'token_refused' || code === 'token_missing';
