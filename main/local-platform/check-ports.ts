import type { Mapping } from '../../shared/model/container.ts';
import { checkMapping } from '../../shared/platform-rules/index.ts';
import { problem } from './api-errors.ts';
import type { JobRecord, PlatformState } from './state.ts';

export interface PortInput {
  readonly name?: string | null;
  readonly port: number;
}

export const isEnded = (job: Pick<JobRecord, 'status'>): boolean =>
  ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(job.status);

export const projectOf = (state: PlatformState, job: Pick<JobRecord, 'projectId'>) =>
  state.projects.find((project) => project.id === job.projectId);

/** In whose name a job runs, and so the first part of its addresses. */
export const ownerOf = (state: PlatformState, job: Pick<JobRecord, 'projectId'>): string =>
  projectOf(state, job)?.owner ?? state.user;

/** Takes the ports of a run, or throws what the platform would answer: its rules are the shared ones. */
export function checkPorts(
  state: PlatformState,
  job: Pick<JobRecord, 'id' | 'projectId'>,
  ports: readonly PortInput[],
): Mapping[] {
  const owner = ownerOf(state, job);
  const nameOf = (of: Pick<JobRecord, 'projectId'>) => projectOf(state, of)?.name ?? '';
  const checked: Mapping[] = [];
  for (const port of ports) {
    const result = checkMapping(
      { name: port.name ?? '', port: String(port.port) },
      {
        user: owner,
        containerId: job.id,
        containerName: nameOf(job),
        existing: checked,
        realName: state.verified ? 'verified' : 'unverified',
        others: state.jobs
          .filter((other) => other.id !== job.id && ownerOf(state, other) === owner)
          .map((other) => ({
            containerId: other.id,
            containerName: nameOf(other),
            stopped: isEnded(other),
            mappings: other.ports,
          })),
      },
    );
    if (result.ok) {
      checked.push(result.value);
      continue;
    }
    const [violation] = result.error;
    if (violation?.code === 'real_name_required') {
      throw problem('Real-name verification is needed for port mappings', 'REAL_NAME_REQUIRED');
    }
    throw problem('Port mapping refused', 'BAD_REQUEST', {
      reason: violation?.code,
      field: violation?.field,
    });
  }
  return checked;
}
