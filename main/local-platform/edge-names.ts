import type { Instance } from '../../shared/model/instance.ts';
import { publicAddress } from '../../shared/platform-rules/index.ts';
import { ownerOf } from './check-ports.ts';
import type { EdgeTarget } from './edge.ts';
import type { Fleet } from './fleet.ts';
import type { PlatformState } from './state.ts';

/** Finds what a public host name means: names are built from the mappings and compared, never taken apart. */
export function resolveEdge(
  host: string,
  parts: { readonly state: PlatformState; readonly fleet: Fleet; readonly instance: Instance },
): EdgeTarget {
  const wanted = host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  for (const job of parts.state.jobs) {
    if (job.status !== 'RUNNING') continue;
    const owner = ownerOf(parts.state, job);
    for (const mapping of job.ports) {
      const named = publicAddress(parts.instance, owner, job.id, mapping);
      const unnamed = publicAddress(parts.instance, owner, job.id, { port: mapping.port });
      if (![named, unnamed].some((address) => new URL(address).hostname === wanted)) continue;
      const name = mapping.name ?? `${job.id}-${mapping.port}`;
      const target = parts.fleet.run(job.id)?.outer(mapping.port);
      return target === undefined ? { kind: 'silent', name } : { kind: 'service', name, ...target };
    }
  }
  return { kind: 'unknown' };
}
