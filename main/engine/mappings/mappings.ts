import type { Container, Mapping } from '../../../shared/model/container.ts';
import { checkMapping } from '../../../shared/platform-rules/index.ts';
import { err, fail, ok, type Result } from '../../../shared/result.ts';
import type { Containers } from '../containers/index.ts';

/**
 * Edits what the next run of a container exposes. Nothing reaches the platform before that run: a mapping takes
 * effect when its container starts. Every method can fail with `container_not_found`.
 */
export interface Mappings {
  /** Name and port as typed. Fails with the first violation of `checkMapping`, its field named; also `not_signed_in`. */
  add(typed: { readonly containerId: string; readonly name: string; readonly port: string }): Result<null>;
  /** A port that is not mapped stays so. */
  remove(wanted: { readonly containerId: string; readonly port: number }): Result<null>;
  /** Forgets every change that waits. */
  discard(wanted: { readonly containerId: string }): Result<null>;
}

export function createMappings(options: {
  readonly containers: Pick<Containers, 'get' | 'list' | 'setPending'>;
  /** Name of the user who is signed in. */
  readonly user: () => string | undefined;
}): Mappings {
  const { containers } = options;
  return {
    add({ containerId, name, port }) {
      const user = options.user();
      if (user === undefined) return fail('not_signed_in');
      const container = containers.get(containerId);
      if (container === undefined) return fail('container_not_found');
      const existing = ofNextRun(container);
      const checked = checkMapping(
        { name, port },
        {
          user,
          containerId,
          containerName: container.name,
          existing,
          others: containers
            .list()
            .filter((other) => other.id !== containerId)
            .map(holder),
        },
      );
      if (!checked.ok) return err(checked.error[0] ?? { code: 'bad_request' });
      containers.setPending(containerId, [...existing, checked.value]);
      return ok(null);
    },
    remove({ containerId, port }) {
      const container = containers.get(containerId);
      if (container === undefined) return fail('container_not_found');
      const existing = ofNextRun(container);
      const left = existing.filter((mapping) => mapping.port !== port);
      if (left.length < existing.length) containers.setPending(containerId, left);
      return ok(null);
    },
    discard({ containerId }) {
      if (containers.get(containerId) === undefined) return fail('container_not_found');
      containers.setPending(containerId, undefined);
      return ok(null);
    },
  };
}

const inEffect = (container: Container): readonly Mapping[] =>
  container.mappings === 'unknown' ? [] : container.mappings;

const ofNextRun = (container: Container): readonly Mapping[] =>
  container.pendingMappings ?? inEffect(container);

/** Another container holds the names that it has, until its restart, and those that wait for it. */
const holder = (container: Container) => ({
  containerId: container.id,
  containerName: container.name,
  stopped: container.status.kind === 'ended',
  mappings: [...inEffect(container), ...(container.pendingMappings ?? [])],
});
