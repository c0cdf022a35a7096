import type { Launch } from '../../../shared/model/launch.ts';
import type { Service } from '../../../shared/model/service.ts';

/** What was started from here and is this service: what runs comes first, then what was started last. Pure. */
export function launchOf(
  launches: Readonly<Record<string, Launch>>,
  { containerId, port }: Pick<Service, 'containerId' | 'port'>,
): Launch | undefined {
  return Object.values(launches)
    .filter((launch) => launch.containerId === containerId && launch.port === port)
    .toSorted(
      (a, b) =>
        Number(b.state.kind === 'running') - Number(a.state.kind === 'running') || b.createdAt - a.createdAt,
    )[0];
}
