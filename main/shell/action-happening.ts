import type { RequestName } from '../../shared/contract/requests.ts';
import type { EngineState } from '../../shared/contract/state.ts';
import { type Happening, isActionName } from '../../shared/model/activity.ts';
import type { Result } from '../../shared/result.ts';

/**
 * A request as a line of what happened, or `undefined` when it is none. Of the input only the id of a service or
 * container is looked at, and only to find its name: a token is an input too.
 */
export function actionHappening(
  name: RequestName,
  input: unknown,
  result: Result<unknown>,
  engine: EngineState,
): Happening | undefined {
  if (!isActionName(name)) return undefined;
  // Somebody changed their mind: nothing happened.
  if (!result.ok && result.error.code === 'cancelled') return undefined;
  const { serviceId, containerId } = (input ?? {}) as {
    readonly serviceId?: string;
    readonly containerId?: string;
  };
  const service = typeof serviceId === 'string' ? engine.services[serviceId] : undefined;
  const container = typeof containerId === 'string' ? engine.containers[containerId] : undefined;
  const subject =
    service !== undefined
      ? ({ kind: 'service', id: service.id, name: service.name } as const)
      : container !== undefined
        ? ({ kind: 'container', id: container.id, name: container.name } as const)
        : undefined;
  return {
    ...(result.ok ? { code: 'action_done' } : { code: 'action_failed', error: result.error }),
    action: name,
    ...(subject === undefined ? {} : { subject }),
  } as Happening;
}
