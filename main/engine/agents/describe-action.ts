import { assertNever } from '../../../shared/assert-never.ts';
import type { Ask } from '../../../shared/contract/asking.ts';
import { type RequestInput, requests } from '../../../shared/contract/requests.ts';
import type { EngineState } from '../../../shared/contract/state.ts';
import type { AgentAction, AgentQuestion } from '../../../shared/model/agent.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

type Described = Result<Pick<AgentQuestion, 'subject' | 'detail'>>;

/**
 * What the person reads before an agent acts: the thing by its name, and the command or port that it is about. An input
 * that is not the action's, or about nothing that is there, fails before anybody is asked.
 */
export async function describeAction(
  action: AgentAction,
  input: unknown,
  {
    state,
    ask,
    signal,
  }: {
    readonly state: EngineState;
    readonly ask: Ask<'launch.preview', AbortSignal>;
    readonly signal: AbortSignal;
  },
): Promise<Described> {
  switch (action) {
    case 'tunnels.open':
    case 'tunnels.close': {
      const read = requests[action].input.safeParse(input);
      const service = read.success ? member(state.services, read.data.serviceId) : undefined;
      if (!read.success) return fail('bad_request');
      if (service === undefined) return fail('service_not_found');
      return ok({ subject: { kind: 'service', id: service.id, name: service.name } });
    }
    case 'launch.start': {
      const read = requests[action].input.safeParse(input);
      if (!read.success) return fail('bad_request', { detail: read.error.issues[0]?.message });
      const preview = await ask('launch.preview', read.data satisfies RequestInput<'launch.preview'>, signal);
      if (!preview.ok) return preview;
      return inContainer(state, read.data.containerId, preview.value.preview);
    }
    case 'launch.stop': {
      const read = requests[action].input.safeParse(input);
      const launch = read.success ? member(state.launches, read.data.id) : undefined;
      if (!read.success) return fail('bad_request');
      if (launch === undefined) return fail('launch_not_found');
      return ok({ subject: { kind: 'launch', id: launch.id, name: launch.name } });
    }
    case 'mappings.add': {
      const read = requests[action].input.safeParse(input);
      if (!read.success) return fail('bad_request', { detail: read.error.issues[0]?.message });
      const { containerId, name, port } = read.data;
      return inContainer(
        state,
        containerId,
        `${name === undefined || name === '' ? '' : `${name} `}:${port}`,
      );
    }
    default:
      return assertNever(action, 'action of an agent');
  }
}

function inContainer({ containers }: EngineState, id: string, detail: string): Described {
  const container = member(containers, id);
  if (container === undefined) return fail('container_not_found');
  return ok({ subject: { kind: 'container', id, name: container.name }, detail });
}

const member = <T>(all: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(all, id) ? all[id] : undefined;
