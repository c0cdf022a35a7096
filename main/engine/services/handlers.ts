import { readPort } from '../../../shared/platform-rules/index.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Bin } from '../base/bin.ts';
import type { EngineHandlers, HandlersOf } from '../base/handlers.ts';
import type { EngineMemory } from '../base/memory.ts';
import type { Containers } from '../containers/index.ts';
import type { Health } from '../health/index.ts';
import { acceptKey, type Ssh, type Tunnels, type WantedTunnels } from '../ssh/index.ts';
import { chooseAddress } from './address.ts';
import type { Board } from './board.ts';
import type { KnownServices } from './known-services.ts';

type ServiceRequest =
  | 'services.add'
  | 'services.remove'
  | 'services.check'
  | 'services.setRoute'
  | 'services.leaveAlone'
  | 'services.address';

/** What may be asked of services, of their tunnels, and of the key that their container's server shows. */
export function createServiceHandlers(use: {
  readonly board: Board;
  readonly known: KnownServices;
  readonly health: Pick<Health, 'checkNow'>;
  readonly wanted: WantedTunnels;
  readonly tunnels: Pick<Tunnels, 'get' | 'retry'>;
  readonly ssh: Pick<Ssh, 'fingerprint' | 'drop'>;
  readonly containers: Pick<Containers, 'get'>;
  readonly memory: Pick<EngineMemory, 'remember'>;
  readonly now: () => number;
  readonly bin: Bin;
}): Pick<EngineHandlers, ServiceRequest> & HandlersOf<'tunnels' | 'hostKeys'> {
  const { board, known, health, wanted, tunnels, ssh, containers, memory, now, bin } = use;
  return {
    'services.add': ({ containerId, port }) => known.add(containerId, port),
    'services.remove': async ({ serviceId }) => bin.keep(ok(await known.remove(serviceId))),
    'services.check': ({ serviceId }, signal) =>
      board.ofKnown(serviceId, async () => {
        await health.checkNow(serviceId, signal);
        return signal.aborted ? fail('cancelled') : ok(null);
      }),
    'services.setRoute': ({ serviceId, choice }) =>
      board.ofKnown(serviceId, () => {
        known.setRoute(serviceId, choice);
        return ok(null);
      }),
    'services.leaveAlone': ({ serviceId, alone }) =>
      board.ofKnown(serviceId, () => {
        known.leaveAlone(serviceId, alone);
        return ok(null);
      }),
    'services.address': ({ serviceId, which }) =>
      board.ofKnown(serviceId, (entry) => chooseAddress(entry, which)),

    'tunnels.open': ({ serviceId, localPort: typed = '' }, signal) =>
      board.ofKnown(serviceId, async () => {
        const localPort = typed.trim() === '' ? undefined : readPort(typed);
        if (typed.trim() !== '' && localPort === undefined)
          return fail('port_invalid', { field: 'localPort' });
        const opened = await wanted.open(serviceId, localPort, signal);
        board.dirty();
        if (opened.ok) return ok(null);
        const { error } = opened;
        return fail(
          error.code,
          error.code.startsWith('local_port') ? { ...error, field: 'localPort' } : error,
        );
      }),
    async 'tunnels.close'({ serviceId }) {
      await wanted.close(serviceId);
      board.dirty();
      return ok(null);
    },
    'tunnels.survive'({ serviceId, on }) {
      if (board.get(serviceId) === undefined) return fail('service_not_found');
      wanted.setSurvival(serviceId, on);
      board.dirty();
      return ok(null);
    },
    'tunnels.retry'({ serviceId }) {
      tunnels.retry(serviceId);
      return ok(null);
    },

    'hostKeys.accept'({ containerId, fingerprint }) {
      const container = containers.get(containerId);
      if (container === undefined) return fail('container_not_found');
      const { runId } = container;
      const accepted = acceptKey(ssh.fingerprint(containerId), { fingerprint, runId, at: now() }, memory);
      if (!accepted.ok) return accepted;
      ssh.drop(containerId);
      for (const { service } of board.list()) {
        if (service.containerId === containerId && tunnels.get(service.id) !== undefined)
          tunnels.retry(service.id);
      }
      return ok(null);
    },
  };
}
