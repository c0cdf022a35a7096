import { type Clock, drawText, type Random } from '../engine/base/effects.ts';
import { problem } from './api-errors.ts';
import { checkPorts, isEnded, ownerOf, type PortInput } from './check-ports.ts';
import { isKnownBinding } from './dataset-orders.ts';
import type { Fleet } from './fleet.ts';
import { orderOf, resources, runtimes } from './seed.ts';
import type { JobRecord, PlatformState } from './state.ts';

interface BindingInput {
  readonly name: string;
  readonly path: string;
  readonly bindingAuth?: string | null;
}

interface TaskInput {
  readonly command?: string | null;
  readonly code?: string | null;
}

interface ParameterInput {
  readonly name: string;
  readonly value?: unknown;
  readonly isSecret?: boolean | null;
}

export interface CreateJobInput {
  readonly mode: string;
  readonly projectId: string;
  readonly runtime: string;
  readonly resource: string;
  readonly newTask?: TaskInput | null;
  readonly newWorkspace?: { readonly code?: string | null } | null;
  readonly newBatchTask?: (TaskInput & { readonly size?: number | null }) | null;
  readonly newBatchWorkspace?: { readonly size?: number | null } | null;
  readonly parameters?: readonly ParameterInput[] | null;
  readonly dataBindings?: readonly BindingInput[] | null;
  readonly ports?: readonly PortInput[] | null;
}

export interface RestartInput {
  readonly resource: string;
  readonly runtime: string;
  readonly size?: number | null;
  readonly dataBindings?: readonly BindingInput[] | null;
  readonly parameters?: readonly ParameterInput[] | null;
  readonly ports?: readonly PortInput[] | null;
}

/** The part of an order that each mode must have, and the mode itself. */
const partOf = {
  WORKSPACE: 'newWorkspace',
  TASK: 'newTask',
  BATCH_WORKSPACE: 'newBatchWorkspace',
  BATCH_TASK: 'newBatchTask',
} as const;
const isMode = (mode: string): mode is keyof typeof partOf => Object.hasOwn(partOf, mode);

/** The orders that begin a run. Each throws what the platform answers where it refuses. */
export function createJobOrders(parts: {
  readonly state: PlatformState;
  readonly fleet: Fleet;
  readonly clock: Clock;
  readonly random: Random;
}) {
  const { state, fleet, clock, random } = parts;

  function checkMachine(resource: string, runtime: string) {
    if (!resources.some((known) => known.name === resource)) {
      throw problem('There is no such resource', 'BAD_REQUEST', { resource });
    }
    const found = runtimes.find((known) => orderOf(known) === runtime);
    if (found === undefined) throw problem('There is no such runtime', 'BAD_REQUEST', { runtime });
    if (found.deprecated) throw problem('This runtime is deprecated', 'BAD_REQUEST', { runtime });
    if (found.type !== 'CONTAINER')
      throw problem('This runtime is for no container', 'BAD_REQUEST', { runtime });
    const limit = state.limits[resource];
    const current = runningOn(state, resource);
    if (limit !== undefined && current >= limit) {
      throw problem('The account is at its limit for this resource', 'EXCEED_JOB_COUNT_LIMITATION', {
        resource,
        current,
        limit,
      });
    }
  }

  const readBindings = (bindings: readonly BindingInput[] | null | undefined, owner: string) =>
    (bindings ?? []).map(({ name, path, bindingAuth }) => {
      if (!/^(?:\/output|\/input[0-9]|\/openbayes\/(?:input\/input[0-9]|home))$/.test(path)) {
        throw problem('Data cannot be bound to this path', 'BAD_REQUEST', { path });
      }
      if (!isKnownBinding(state, owner, name)) throw problem('There is no such data', 'NOT_FOUND', { name });
      if (!['READ_ONLY', 'READ_WRITE'].includes(bindingAuth ?? 'READ_ONLY'))
        throw problem('There is no such access', 'BAD_REQUEST', { bindingAuth });
      return { name, path, bindingAuth: bindingAuth ?? 'READ_ONLY' };
    });

  return {
    /** `userId` is in whose name it is ordered; the project must be theirs. */
    create(userId: string, input: CreateJobInput): JobRecord {
      const project = state.projects.find((candidate) => candidate.id === input.projectId);
      if (project === undefined) throw problem('Project not found', 'NOT_FOUND');
      if ((project.owner ?? state.user) !== userId) throw problem('No access to this project', 'FORBIDDEN');
      const mode = input.mode.toUpperCase();
      if (mode !== 'HYPER_TUNING' && !isMode(mode))
        throw problem('There is no such mode', 'BAD_REQUEST', { mode: input.mode });
      if (isMode(mode) && !input[partOf[mode]])
        throw problem(`A ${mode} needs ${partOf[mode]}`, 'BAD_REQUEST', { mode });
      const task = input.newTask ?? input.newBatchTask ?? undefined;
      if (mode.endsWith('TASK') && !task?.command?.trim())
        throw problem('A task needs a command', 'BAD_REQUEST', { mode });
      const code = task?.code || undefined;
      if (code !== undefined && !state.codes.includes(code))
        throw problem('There is no such source code', 'NOT_FOUND', { code });
      const size = input.newBatchTask?.size ?? input.newBatchWorkspace?.size ?? undefined;
      if (size !== undefined && (size < 1 || size > 64))
        throw problem('A batch has 1 to 64 nodes', 'BAD_REQUEST', { size });
      const id = drawText(random, 12);
      checkMachine(input.resource, input.runtime);
      const job: JobRecord = {
        id,
        projectId: input.projectId,
        mode,
        status: 'QUEUED',
        createdAt: new Date(clock.now()).toISOString(),
        resource: input.resource,
        runtime: input.runtime,
        ports: checkPorts(state, { id, projectId: input.projectId }, input.ports ?? []),
        command: task?.command ?? undefined,
        code,
        parameters: readParameters(input.parameters),
        size,
        dataBindings: readBindings(input.dataBindings, userId),
      };
      state.jobs.push(job);
      fleet.begin(job);
      return job;
    },
    restart(job: JobRecord, mode: 'WORKSPACE' | 'BATCH_WORKSPACE', input: RestartInput): JobRecord {
      if (job.mode !== mode) throw problem('Only a workspace can be restarted', 'BAD_REQUEST');
      if (!isEnded(job)) throw problem('The job is running', 'CONFLICT');
      checkMachine(input.resource, input.runtime);
      const ports = input.ports ?? undefined;
      if (ports !== undefined) job.ports = checkPorts(state, job, ports);
      else if (job.ports.length > 0) checkPorts(state, job, job.ports);
      job.dataBindings = readBindings(input.dataBindings, ownerOf(state, job));
      job.parameters = readParameters(input.parameters);
      job.resource = input.resource;
      job.runtime = input.runtime;
      job.size = input.size ?? job.size;
      fleet.begin(job);
      return job;
    },
  };
}

/** A secret one is kept and never told again. */
const readParameters = (parameters: readonly ParameterInput[] | null | undefined) =>
  (parameters ?? []).map(({ name, value, isSecret }) => ({
    name,
    value: value ?? null,
    isSecret: isSecret ?? false,
  }));

export const runningOn = (state: PlatformState, resource: string): number =>
  state.jobs.filter((job) => job.resource === resource && !isEnded(job)).length;
