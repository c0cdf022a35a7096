import { type Clock, drawText, type Random } from '../engine/base/effects.ts';
import { problem } from './api-errors.ts';
import { checkPorts, isEnded, type PortInput } from './check-ports.ts';
import type { Fleet } from './fleet.ts';
import { resources, runtimes } from './seed.ts';
import type { JobRecord, PlatformState } from './state.ts';

interface BindingInput {
  readonly name: string;
  readonly path: string;
  readonly bindingAuth?: string | null;
}

export interface CreateJobInput {
  readonly mode: string;
  readonly projectId: string;
  readonly runtime: string;
  readonly resource: string;
  readonly newTask?: { readonly command?: string | null } | null;
  readonly newBatchTask?: { readonly command?: string | null; readonly size?: number | null } | null;
  readonly newBatchWorkspace?: { readonly size?: number | null } | null;
  readonly dataBindings?: readonly BindingInput[] | null;
  readonly ports?: readonly PortInput[] | null;
}

export interface RestartInput {
  readonly resource: string;
  readonly runtime: string;
  readonly size?: number | null;
  readonly dataBindings?: readonly BindingInput[] | null;
  readonly ports?: readonly PortInput[] | null;
}

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
    if (!runtimes.some((known) => known.name === runtime)) {
      throw problem('There is no such runtime', 'BAD_REQUEST', { runtime });
    }
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

  const readBindings = (bindings: readonly BindingInput[] | null | undefined) =>
    (bindings ?? []).map(({ name, path, bindingAuth }) => {
      if (!/^(?:\/output|\/input[0-9]|\/openbayes\/(?:input\/input[0-9]|home))$/.test(path)) {
        throw problem('Data cannot be bound to this path', 'BAD_REQUEST', { path });
      }
      return { name, path, bindingAuth: bindingAuth ?? 'READ_ONLY' };
    });

  return {
    create(input: CreateJobInput): JobRecord {
      if (!state.projects.some((project) => project.id === input.projectId)) {
        throw problem('Project not found', 'NOT_FOUND');
      }
      const id = drawText(random, 12);
      checkMachine(input.resource, input.runtime);
      const job: JobRecord = {
        id,
        projectId: input.projectId,
        mode: input.mode.toUpperCase(),
        status: 'QUEUED',
        createdAt: new Date(clock.now()).toISOString(),
        resource: input.resource,
        runtime: input.runtime,
        ports: checkPorts(state, { id, projectId: input.projectId }, input.ports ?? []),
        command: input.newTask?.command ?? input.newBatchTask?.command ?? undefined,
        size: input.newBatchTask?.size ?? input.newBatchWorkspace?.size ?? undefined,
        dataBindings: readBindings(input.dataBindings),
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
      job.dataBindings = readBindings(input.dataBindings);
      job.resource = input.resource;
      job.runtime = input.runtime;
      job.size = input.size ?? job.size;
      fleet.begin(job);
      return job;
    },
  };
}

export const runningOn = (state: PlatformState, resource: string): number =>
  state.jobs.filter((job) => job.resource === resource && !isEnded(job)).length;
