import type { DataBinding } from '../../../shared/model/container.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ApiShape } from './api-shape.ts';
import type { NewContainer, NextRun } from './types.ts';
import type { WireJob } from './wire.ts';

/** Which operation begins the next run, and what it is sent. */
export interface RunOrder {
  readonly order: 'restart' | 'restartBatch' | 'create';
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Builds what starts a workspace again as it was, or runs a task once more: the platform takes a whole description, and what is left out
 * (its data bindings, say) is gone in the next run.
 */
export function nextRunInput(
  last: { readonly job: WireJob; readonly shape: ApiShape },
  next: NextRun,
): Result<RunOrder> {
  const { job, shape } = last;
  const resource = next.resource ?? job.resource?.name;
  const runtime = next.runtime ?? runtimeOrder(job.runtime ?? {});
  if (!resource || runtime === undefined) {
    return fail('platform_error', { detail: 'The last run names no resource or no runtime.' });
  }
  const mappings = next.mappings;
  const common = { resource, runtime, parameters: [] };
  const dataBindings = bindingsOf(job);
  switch (job.mode) {
    case 'TASK':
    case 'BATCH_TASK': {
      // Without its command a task cannot be run again as it was.
      if (!job.command || !job.project?.id) return fail('container_not_restartable');
      const task = { command: job.command, ...(job.sourceCode?.id ? { code: job.sourceCode.id } : {}) };
      const input = {
        ...common,
        mode: job.mode,
        projectId: job.project.id,
        dataBindings: dataBindings.map(forCreation),
        tagNames,
        ...(job.mode === 'TASK' ? { newTask: task } : { newBatchTask: { ...task, size: job.size ?? 1 } }),
        ...shape.writeMappings('CreateJobInput', mappings),
      };
      return ok({ order: 'create', input });
    }
    case 'WORKSPACE':
    case 'BATCH_WORKSPACE':
    // A platform that tells no mode has workspaces only, as it had at first.
    case undefined:
    case null: {
      const batch = job.mode === 'BATCH_WORKSPACE';
      const input = {
        ...common,
        dataBindings: dataBindings.map(forRestart),
        useRDMADevices: false,
        ...(batch && job.size ? { size: job.size } : {}),
        ...shape.writeMappings('RestartWorkspaceInput', mappings),
      };
      return ok({ order: batch ? 'restartBatch' : 'restart', input });
    }
    // Hyper-tuning, and kinds that came later: nobody knows what would be ordered.
    default:
      return fail('container_not_restartable');
  }
}

/** Builds what creates a container, as the platform's own command sends it. */
export function newJobInput(wanted: NewContainer, shape: ApiShape): Readonly<Record<string, unknown>> {
  const { projectId, mode, resource, runtime, command = '', size = 1 } = wanted;
  const kinds = {
    TASK: { newTask: { command, code: '' } },
    WORKSPACE: { newWorkspace: { code: '' } },
    BATCH_TASK: { newBatchTask: { command, size, code: '' } },
    BATCH_WORKSPACE: { newBatchWorkspace: { size, code: '' } },
  };
  return {
    mode,
    projectId,
    runtime,
    resource,
    dataBindings: (wanted.dataBindings ?? []).map(({ name, path, auth }) => ({
      name,
      path,
      bindingAuth: auth,
    })),
    parameters: [],
    tagNames,
    ...kinds[mode],
    ...shape.writeMappings('CreateJobInput', wanted.mappings),
  };
}

/** The channel that the platform's own clients name for machine learning: their lists show what carries it. */
export const tagNames = [{ name: 'BUSINESS_CHANNEL_ML' }];

type Binding = Omit<DataBinding, 'auth'> & { readonly bindingAuth: string };

const bindingsOf = (job: WireJob): readonly Binding[] =>
  (job.dataBindings ?? []).flatMap(
    ({ isDeleted, semanticBindingName: name, mountPath: path, bindingAuth }) =>
      isDeleted === true || !name || !path ? [] : [{ name, path, bindingAuth: bindingAuth ?? 'READ_ONLY' }],
  );

const forCreation = ({ name, path, bindingAuth }: Binding) => ({ name, path, bindingAuth });

/** A restart says of another container's output what it is (as the platform's command does). */
const forRestart = (binding: Binding) => ({
  ...forCreation(binding),
  ...(binding.name.endsWith('/output') ? { bindingType: 'OUTPUT' } : {}),
});

/** Orders name a runtime by framework and version together, whatever its name in the list is (the vendor's command). */
export const runtimeOrder = (runtime: {
  readonly framework?: string | null | undefined;
  readonly version?: string | null | undefined;
}): string | undefined =>
  runtime.framework
    ? runtime.version
      ? `${runtime.framework}-${runtime.version}`
      : runtime.framework
    : undefined;
