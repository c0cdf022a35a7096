import type { Container, LookState, Mapping } from '../../../shared/model/container.ts';
import type { AppError } from '../../../shared/result.ts';
import type { Secret } from '../base/secret.ts';
import type { PlatformContainer } from '../platform/index.ts';
import { sameMappings } from './same-mappings.ts';
import type { PendingMappings } from './types.ts';

/** What the app itself knows of a container, beside what the platform tells. */
interface OwnState {
  readonly busy?: Container['busy'];
  readonly problem?: AppError;
  readonly look?: LookState;
  /** What was last sent, where the platform does not tell what is in effect. */
  readonly sent?: readonly Mapping[];
}

/** Joins the platform's answers, which may cross each other, with the app's own state. */
export interface KnownContainers {
  /** Call before asking for the list; the stamp tells `putAll` how old its answer is. */
  stamp(): number;
  putAll(containers: readonly PlatformContainer[], stamp: number): void;
  put(container: PlatformContainer): void;
  own(id: string, part: Partial<OwnState>): void;
  list(): readonly Container[];
  get(id: string): Container | undefined;
  password(id: string): Secret | undefined;
  /** Shows containers as they were last known: anything that is read replaces them. */
  recall(containers: readonly PlatformContainer[]): void;
}

/** The platform's word first, then what was sent last, then what the person noted. */
function mappingsOf(
  told: Container['mappings'],
  sent: readonly Mapping[] | undefined,
  noted: readonly Mapping[] | undefined,
): Pick<Container, 'mappings' | 'mappingsFrom'> {
  if (told !== 'unknown') return { mappings: told, mappingsFrom: 'platform' };
  if (sent !== undefined) return { mappings: sent, mappingsFrom: 'sent' };
  return noted === undefined ? { mappings: 'unknown' } : { mappings: noted, mappingsFrom: 'noted' };
}

export function createKnownContainers(
  pending: PendingMappings,
  notes: Pick<PendingMappings, 'read'>,
): KnownContainers {
  let order: readonly string[] = [];
  const told = new Map<string, PlatformContainer>();
  const owned = new Map<string, OwnState>();
  const readAt = new Map<string, number>();
  let count = 0;

  /** A draft that the platform has in effect waits for nothing. */
  function settle(container: PlatformContainer): void {
    const waiting = pending.read(container.id);
    if (waiting === undefined || container.mappings === 'unknown') return;
    if (sameMappings(waiting, container.mappings)) pending.write(container.id, undefined);
  }

  function view(id: string): Container | undefined {
    const container = told.get(id);
    if (container === undefined) return undefined;
    const own = owned.get(id);
    const { password: _secret, ...shown } = container;
    return {
      ...shown,
      ...mappingsOf(shown.mappings, own?.sent, notes.read(id)),
      pendingMappings: pending.read(id),
      busy: own?.busy,
      problem: own?.problem,
      look: own?.look ?? { kind: 'never' },
    };
  }

  return {
    stamp: () => ++count,
    putAll(containers, stamp) {
      const newer = (id: string) => (readAt.get(id) ?? 0) > stamp;
      const listed = new Set(containers.map((container) => container.id));
      // One that was read after the list was asked for may be too new to stand in it.
      const kept = order.filter((id) => !listed.has(id) && (newer(id) || owned.get(id)?.busy !== undefined));
      for (const container of containers) {
        if (newer(container.id)) continue;
        told.set(container.id, container);
        settle(container);
      }
      order = [...listed, ...kept];
      const present = new Set(order);
      for (const id of [...told.keys()].filter((known) => !present.has(known))) {
        told.delete(id);
        owned.delete(id);
        readAt.delete(id);
      }
    },
    put(container) {
      readAt.set(container.id, ++count);
      told.set(container.id, container);
      if (!order.includes(container.id)) order = [container.id, ...order];
      settle(container);
    },
    recall(containers) {
      for (const container of containers) told.set(container.id, container);
      order = containers.map((container) => container.id);
    },
    own(id, part) {
      owned.set(id, { ...owned.get(id), ...part });
    },
    list: () =>
      order.flatMap((id) => {
        const container = view(id);
        return container === undefined ? [] : [container];
      }),
    get: view,
    password: (id) => told.get(id)?.password,
  };
}
