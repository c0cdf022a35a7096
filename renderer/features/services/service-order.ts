import type { Container } from '../../../shared/model/container.ts';
import type { Launch } from '../../../shared/model/launch.ts';
import { type Service, serviceId } from '../../../shared/model/service.ts';
import { isModelServer } from '../../../shared/recognition/uses.ts';
import { isMeant } from '../../../shared/verdicts/index.ts';

/** Services of one container, for the list. */
export interface ServiceGroup {
  readonly container: Container;
  readonly services: readonly Service[];
  /** What listens there beside what a person means by a service. */
  readonly others: readonly Service[];
  /** So many are not listed for want of room. */
  readonly more: number;
  /** So many came while a hand rests on the list. */
  readonly waiting?: number;
  /** Ids of those that are gone, and keep their place while a hand rests on the list. */
  readonly gone?: ReadonlySet<string>;
}

/** What the list is narrowed down to. */
export interface ListFilter {
  readonly text: string;
  readonly state: 'all' | 'attention' | 'open' | 'marked';
  readonly kind: 'all' | 'web' | 'model' | 'tcp';
}
export const noFilter: ListFilter = { text: '', state: 'all', kind: 'all' };
export const isFiltered = ({ text, state, kind }: ListFilter): boolean =>
  text.trim() !== '' || state !== 'all' || kind !== 'all';

/** As many rows as anybody looks through; a container can list 65,535 ports, and an account 100,000 containers. */
export const mostRows = 64;
export const mostGroups = 300;

interface ListSources {
  readonly containers: Readonly<Record<string, Container>>;
  readonly services: Readonly<Record<string, Service>>;
  readonly filter?: ListFilter;
  readonly marked?: readonly string[];
  /** Ids of services that were started from here. */
  readonly launched?: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/**
 * All services by container: running containers first, those without services last, then those with a marked service,
 * then by name; in one container marked ones first, then by port. With a filter only what matches, by service, kind,
 * port, address or container; a container without a match is left out. Pure.
 */
export function groupServices({
  containers,
  services,
  filter = noFilter,
  marked = [],
  launched = none,
}: ListSources): { readonly groups: readonly ServiceGroup[]; readonly moreContainers: number } {
  const marks = new Set(marked);
  const unmarked = ({ id }: Service) => (marks.has(id) ? 0 : 1);
  const wanted = filter.text.trim().toLowerCase();
  const narrows = isFiltered(filter);
  const byContainer = new Map<string, Service[]>();
  for (const service of Object.values(services)) {
    const list = byContainer.get(service.containerId);
    if (list === undefined) byContainer.set(service.containerId, [service]);
    else list.push(service);
  }
  const all = Object.values(containers)
    .map((container): Sortable => {
      const found = (byContainer.get(container.id) ?? []).filter(
        (service) =>
          isInState(service, filter.state, marks) &&
          isOfKind(service, filter.kind) &&
          (wanted === '' || matches(service, container, wanted)),
      );
      const meant: Service[] = [];
      const others: Service[] = [];
      for (const service of found) {
        const about = { isMarked: marks.has(service.id), isLaunched: launched.has(service.id) };
        // Who looks for something finds it wherever it is.
        (narrows || isMeant(service, about) ? meant : others).push(service);
      }
      meant.sort((a, b) => unmarked(a) - unmarked(b) || a.port - b.port);
      others.sort((a, b) => a.port - b.port);
      return {
        container,
        services: meant.slice(0, mostRows),
        others: others.slice(0, mostRows),
        more: Math.max(0, meant.length - mostRows) + Math.max(0, others.length - mostRows),
        rank: ranks[container.status.kind] + (found.length === 0 ? 3 : 0),
        unmarked: Math.min(1, ...meant.slice(0, 1).map(unmarked)),
      };
    })
    .filter((group) => !narrows || group.services.length > 0);
  // Names of a hundred thousand are compared by their codes: by the rules of a language it takes seconds.
  const compare = all.length > 5_000 ? byCode : byName.compare;
  all.sort(
    (a, b) => a.rank - b.rank || a.unmarked - b.unmarked || compare(a.container.name, b.container.name),
  );
  return {
    groups: all.slice(0, mostGroups).map(({ rank: _, unmarked: __, ...group }) => group),
    moreContainers: Math.max(0, all.length - mostGroups),
  };
}

interface Sortable extends ServiceGroup {
  readonly rank: number;
  readonly unmarked: number;
}

function isInState(service: Service, state: ListFilter['state'], marks: ReadonlySet<string>): boolean {
  switch (state) {
    case 'all':
      return true;
    case 'attention':
      return needsAttention(service);
    case 'open':
      return service.tunnel.state.kind !== 'closed';
    case 'marked':
      return marks.has(service.id);
  }
}

function isOfKind(service: Service, kind: ListFilter['kind']): boolean {
  switch (kind) {
    case 'all':
      return true;
    case 'web':
      return service.protocol !== 'tcp' && !isModelServer(service.kind);
    case 'model':
      return isModelServer(service.kind);
    case 'tcp':
      return service.protocol === 'tcp';
  }
}

/** Groups in which nothing changed stay the same objects, so that they are not drawn again. */
export function reuseGroups(
  before: readonly ServiceGroup[],
  now: readonly ServiceGroup[],
): readonly ServiceGroup[] {
  const known = new Map(before.map((group) => [group.container.id, group]));
  return now.map((group) => {
    const old = known.get(group.container.id);
    const isSame =
      old?.container === group.container &&
      old.more === group.more &&
      old.waiting === group.waiting &&
      (old.gone ?? none).size === (group.gone ?? none).size &&
      isSameList(old.services, group.services) &&
      isSameList(old.others, group.others);
    return isSame ? old : group;
  });
}

const isSameList = (a: readonly Service[], b: readonly Service[]): boolean =>
  a.length === b.length && a.every((service, index) => service === b[index]);

/** Made once: `localeCompare` makes one for each comparison. */
const byName = new Intl.Collator();
const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const ranks = { running: 0, pending: 1, ended: 2 } as const;

function matches(service: Service, container: Container, wanted: string): boolean {
  const { exposure } = service;
  const words = [
    service.name,
    service.kindName,
    service.mappingName,
    service.listens?.process,
    `:${service.port}`,
    container.name,
    'url' in exposure ? exposure.url : undefined,
  ];
  return words.some((word) => word?.toLowerCase().includes(wanted) === true);
}

/** Ids of the services that were started from here; the same set for the same launches. */
export function launchedIds({
  launches,
}: {
  readonly launches: Readonly<Record<string, Launch>>;
}): ReadonlySet<string> {
  const known = launched.get(launches);
  if (known !== undefined) return known;
  const ids = new Set(
    Object.values(launches).flatMap(({ containerId, port }) =>
      port === undefined ? [] : [serviceId(containerId, port)],
    ),
  );
  launched.set(launches, ids);
  return ids;
}
const launched = new WeakMap<object, ReadonlySet<string>>();

/** Something is wrong with it that a person can do something about. */
export const needsAttention = (service: Service): boolean =>
  service.findings.some(({ code }) => !calm.has(code)) || service.tunnel.state.kind === 'failed';

/** True of a service, but nothing is wrong. */
const calm: ReadonlySet<string> = new Set(['tunnel_only', 'mapping_pending', 'open_to_anyone']);
