import { fail } from '../../../shared/result.ts';
import type { EngineHandlers } from '../base/handlers.ts';
import type { Containers } from '../containers/index.ts';
import type { Looks } from './looks.ts';

/** Asks a container now what listens in it. */
export function createListeningHandlers(
  looks: Pick<Looks, 'now'>,
  containers: Pick<Containers, 'get'>,
): Pick<EngineHandlers, 'containers.look'> {
  return {
    'containers.look': ({ containerId }, signal) =>
      containers.get(containerId) === undefined
        ? fail('container_not_found')
        : looks.now(containerId, signal),
  };
}
