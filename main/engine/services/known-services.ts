import type { KnownService } from '../../../shared/model/memory.ts';
import type { RouteChoice } from '../../../shared/model/service.ts';
import { serviceId } from '../../../shared/model/service.ts';
import { readPort } from '../../../shared/platform-rules/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { PutBack } from '../base/bin.ts';
import type { Clock } from '../base/effects.ts';
import type { EngineMemory } from '../base/memory.ts';
import type { Containers } from '../containers/index.ts';
import type { WantedTunnels } from '../ssh/index.ts';
import { serviceName } from './directory.ts';

/** Services that were typed in, and what is kept of each: its name and its route. */
export interface KnownServices {
  /** `port_invalid`, `container_not_found`. One that is known keeps its name. */
  add(containerId: string, typedPort: string): Result<{ readonly serviceId: string }>;
  /** One that listens or is mapped stays in the list; its tunnel is closed. Putting back opens that again. */
  remove(id: string): Promise<PutBack>;
  setRoute(id: string, choice: RouteChoice): void;
  leaveAlone(id: string, alone: boolean): void;
}

/** A tunnel that comes back with its service may take this long to open. */
const putBackMs = 15_000;

export function createKnownServices(options: {
  readonly memory: EngineMemory;
  readonly containers: Pick<Containers, 'get'>;
  readonly wanted: Pick<WantedTunnels, 'open' | 'close'>;
  readonly clock: Pick<Clock, 'after'>;
  readonly onChange: () => void;
}): KnownServices {
  const { memory, containers, wanted, clock, onChange } = options;

  function set(id: string, part: Partial<KnownService>) {
    const services = memory
      .read()
      .services.map((service) =>
        serviceId(service.containerId, service.port) === id ? { ...service, ...part } : service,
      );
    memory.update({ services });
    onChange();
  }

  return {
    add(containerId, typedPort) {
      const port = readPort(typedPort);
      if (port === undefined) return fail('port_invalid', { field: 'port' });
      const container = containers.get(containerId);
      if (container === undefined) return fail('container_not_found');
      const known = memory.read().services;
      const before = known.find((service) => service.containerId === containerId && service.port === port);
      const name = before?.name ?? serviceName({ containerName: container.name, port, known });
      memory.update({
        services: [
          ...known.filter((service) => service !== before),
          { ...before, containerId, port, name, byHand: true },
        ],
      });
      onChange();
      return ok({ serviceId: serviceId(containerId, port) });
    },
    async remove(id) {
      const wasOpen = memory.read().tunnels.some((tunnel) => tunnel.serviceId === id && tunnel.open);
      await wanted.close(id);
      set(id, { byHand: false });
      return async () => {
        set(id, { byHand: true });
        if (!wasOpen) return ok(null);
        const life = new AbortController();
        const stopTimer = clock.after(putBackMs, () => life.abort());
        const opened = await wanted.open(id, undefined, life.signal);
        stopTimer();
        return opened.ok || !life.signal.aborted ? opened : fail('ssh_timeout');
      };
    },
    leaveAlone: (id, isLeftAlone) => set(id, { isLeftAlone }),
    setRoute(id, choice) {
      memory.update({ routes: { ...memory.read().routes, [id]: choice } });
      onChange();
    },
  };
}
