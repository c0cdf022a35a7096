import type { Service } from '../../../shared/model/service.ts';
import type { ServiceGroup } from './service-order.ts';

/** Where in the list a hand rests, by pointer or focus. */
export interface Hand {
  readonly containerId: string;
  readonly serviceId?: string;
}

/**
 * The list under a hand: what it rests on, and all above it, stays where it is. What is gone keeps its place there,
 * and what is new waits, or comes after the rest of the container in which the hand is. Below the hand what is new
 * comes at the end of its container, and what is gone goes. Pure.
 */
export function holdGroups(
  before: readonly ServiceGroup[],
  now: readonly ServiceGroup[],
  hand: Hand,
): readonly ServiceGroup[] {
  const places = new Map(before.map(({ container }, index) => [container.id, index]));
  const handAt = places.get(hand.containerId);
  if (handAt === undefined) return now;
  const present = new Map(now.map((group) => [group.container.id, group]));
  const kept = before.flatMap((old, index) => {
    const group = present.get(old.container.id);
    if (index > handAt) return group === undefined ? [] : [below(old, group)];
    // Its services are gone with it; its place stays.
    if (group === undefined)
      return [{ ...old, gone: new Set([...old.services, ...old.others].map(({ id }) => id)) }];
    return [index === handAt ? underHand(old, group, hand) : above(old, group)];
  });
  return [...kept, ...now.filter(({ container }) => !places.has(container.id))];
}

/** In the order that it had; what is new comes after. */
function inOrder(before: readonly Service[], now: readonly Service[]): readonly Service[] {
  const places = new Map(before.map(({ id }, index) => [id, index]));
  const place = ({ id }: Service) => places.get(id) ?? before.length;
  return now.toSorted((a, b) => place(a) - place(b));
}

const below = (old: ServiceGroup, group: ServiceGroup): ServiceGroup => ({
  ...group,
  services: inOrder(old.services, group.services),
  others: inOrder(old.others, group.others),
});

/** The first `length` of a list stay: those that are gone as they were last. */
function stay(before: readonly Service[], now: readonly Service[], gone: Set<string>): readonly Service[] {
  const present = new Map(now.map((service) => [service.id, service]));
  return before.map((old) => {
    const service = present.get(old.id);
    if (service === undefined) gone.add(old.id);
    return service ?? old;
  });
}

function above(old: ServiceGroup, group: ServiceGroup): ServiceGroup {
  const gone = new Set<string>();
  const all = new Set([...old.services, ...old.others].map(({ id }) => id));
  const waiting = [...group.services, ...group.others].filter(({ id }) => !all.has(id)).length;
  const everywhere = [...group.services, ...group.others];
  return {
    ...group,
    services: stay(old.services, everywhere, gone),
    others: stay(old.others, everywhere, gone),
    more: old.more,
    ...(waiting === 0 ? {} : { waiting }),
    ...(gone.size === 0 ? {} : { gone }),
  };
}

function underHand(old: ServiceGroup, group: ServiceGroup, hand: Hand): ServiceGroup {
  const at = old.services.findIndex(({ id }) => id === hand.serviceId);
  const gone = new Set<string>();
  const first = stay(old.services.slice(0, Math.max(0, at)), [...group.services, ...group.others], gone);
  const held = new Set(first.map(({ id }) => id));
  return {
    ...group,
    services: [
      ...first,
      ...inOrder(
        old.services,
        group.services.filter(({ id }) => !held.has(id)),
      ),
    ],
    others: inOrder(
      old.others,
      group.others.filter(({ id }) => !held.has(id)),
    ),
    ...(gone.size === 0 ? {} : { gone }),
  };
}
