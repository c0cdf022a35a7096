import type { PortOffer } from '../../../shared/model/launch.ts';
import type { PortAnswer } from '../../../shared/model/memory.ts';
import { serviceId } from '../../../shared/model/service.ts';
import { ok } from '../../../shared/result.ts';
import type { PutBack } from '../base/bin.ts';
import type { Clock } from '../base/effects.ts';

/** One port that was seen to listen in a container. */
interface SeenPort {
  readonly port: number;
  readonly bind: 'any' | 'loopback';
  readonly process?: string;
  readonly command?: string;
}

/**
 * Ports that listen and that nobody has been asked about: each is offered once. An answer stays, through restarts too;
 * a mapping or a tunnel is an answer. Nothing is opened from here.
 */
export interface Offers {
  /** Hands in what listens, by container, and what is mapped or tunnelled already. */
  follow(seen: ReadonlyMap<string, readonly SeenPort[]>, isInUse: (serviceId: string) => boolean): void;
  list(): readonly PortOffer[];
  /** The offer goes and does not come back, unless it is put back. */
  answer(serviceId: string, how: PortAnswer): PutBack;
}

/** The way in for SSH, and two ports of the platform's own. */
const notOffered: ReadonlySet<number> = new Set([22, 6637, 7088]);

export function createOffers(options: {
  readonly clock: Clock;
  readonly answers: () => Readonly<Record<string, PortAnswer>>;
  readonly remember: (answers: Readonly<Record<string, PortAnswer>>) => void;
  readonly publish: (offers: readonly PortOffer[]) => void;
}): Offers {
  let offers: readonly PortOffer[] = [];

  const show = (next: readonly PortOffer[]) => {
    const same = next.length === offers.length && next.every((offer, index) => offer === offers[index]);
    offers = next;
    if (!same) options.publish(offers);
  };
  const settle = (id: string, how: PortAnswer) => options.remember({ ...options.answers(), [id]: how });

  return {
    follow(seen, isInUse) {
      const before = new Map(offers.map((offer) => [offer.id, offer]));
      const next: PortOffer[] = [];
      for (const [containerId, ports] of seen) {
        for (const { port, bind, process, command } of ports) {
          const id = serviceId(containerId, port);
          if (notOffered.has(port) || Object.hasOwn(options.answers(), id)) continue;
          if (isInUse(id)) {
            settle(id, 'answered');
            continue;
          }
          const old = before.get(id);
          const isSame =
            old !== undefined && old.bind === bind && old.process === process && old.command === command;
          next.push(
            isSame
              ? old
              : { id, containerId, port, bind, process, command, seenAt: old?.seenAt ?? options.clock.now() },
          );
        }
      }
      show(next);
    },
    list: () => offers,
    answer(id, how) {
      const gone = offers.filter((offer) => offer.id === id);
      settle(id, how);
      show(offers.filter((offer) => offer.id !== id));
      return () => {
        const { [id]: _answered, ...others } = options.answers();
        options.remember(others);
        show([...offers, ...gone]);
        return ok(null);
      };
    },
  };
}
