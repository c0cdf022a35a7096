import type { RequestName } from '../../shared/contract/requests.ts';
import type { EngineState } from '../../shared/contract/state.ts';
import { type Happening, isActionName, type Subject } from '../../shared/model/activity.ts';
import type { AppError, Result } from '../../shared/result.ts';
import { asksPerson } from '../../shared/verdicts/index.ts';

/**
 * What makes a line of what happened from the answer to a request; `undefined` when the request is none. Its subject is
 * looked up now: what is to be removed is gone when the answer comes. Of the input only ids are looked at, and only to
 * find a name: a token is an input too.
 */
export function actionHappening(
  name: RequestName,
  input: unknown,
  engine: EngineState,
): ((result: Result<unknown>) => Happening | undefined) | undefined {
  if (!isActionName(name)) return undefined;
  const subject = subjectOf((input ?? {}) as Ids, engine);
  return (result) =>
    // Somebody changed their mind: nothing happened.
    !result.ok && result.error.code === 'cancelled'
      ? undefined
      : {
          ...(result.ok ? { code: 'action_done' } : { code: codeOf(result.error), error: result.error }),
          action: name,
          ...(subject === undefined ? {} : { subject }),
        };
}

const codeOf = (error: AppError) => (asksPerson(error) ? 'action_asks' : 'action_failed');

/** Ids that an input may hold. */
interface Ids {
  readonly serviceId?: unknown;
  readonly containerId?: unknown;
  readonly connectionId?: unknown;
  readonly id?: unknown;
}

function subjectOf(
  { serviceId, containerId, connectionId, id }: Ids,
  engine: EngineState,
): Subject | undefined {
  const { services, containers, launches, connections } = engine;
  const service = find(services, serviceId ?? id);
  if (service !== undefined) return { kind: 'service', id: service.id, name: service.name };
  const container = find(containers, containerId ?? id);
  if (container !== undefined) return { kind: 'container', id: container.id, name: container.name };
  const launch = find(launches, id);
  if (launch !== undefined) return { kind: 'launch', id: launch.id, name: launch.name };
  const connection =
    find(connections, connectionId) ??
    find(connections, id) ??
    Object.values(connections).find(({ forwards }) => forwards.some((forward) => forward.id === id));
  return connection && { kind: 'connection', id: connection.id, name: connection.name };
}

const find = <T>(all: Readonly<Record<string, T>>, id: unknown): T | undefined =>
  typeof id === 'string' && Object.hasOwn(all, id) ? all[id] : undefined;
