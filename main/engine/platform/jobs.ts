import type { Instance } from '../../../shared/model/instance.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { isUnknownField } from './answer-error.ts';
import type { ApiShape } from './api-shape.ts';
import type { Gateway } from './gateway.ts';
import { mapLimited } from './map-limited.ts';
import type { PortsAdapter } from './ports-adapter.ts';
import { createProjectRounds, type Project, type ProjectRounds } from './project-rounds.ts';
import { queries } from './queries.ts';
import { readContainer } from './read-container.ts';
import type { PlatformContainer } from './types.ts';
import { type WireJob, wireOneJob, wireProjectJobs, wireProjects } from './wire.ts';

interface JobReader {
  /** Projects of the last list that were left out. */
  beyond(): number;
  all(party: string, signal: AbortSignal): Promise<Result<readonly PlatformContainer[]>>;
  projects(party: string, signal: AbortSignal): Promise<Result<readonly Project[]>>;
  ofProject(
    party: string,
    projectId: string,
    signal: AbortSignal,
  ): Promise<Result<readonly PlatformContainer[]>>;
  one(
    party: string,
    id: string,
    signal: AbortSignal,
  ): Promise<
    Result<{ readonly job: WireJob; readonly container: PlatformContainer; readonly shape: ApiShape }>
  >;
}

/** A server that ignores `page` must not be asked for ever. */
const mostPages = 100;
/** Projects that are read: a list of more cannot be used, and would fill memory and window. */
const mostProjects = 2_000;
const atOnce = 4;

/** Reads projects and their jobs, through the one shape that the adapter found. */
export function createJobReader(gateway: Gateway, adapter: PortsAdapter, instance: Instance): JobReader {
  const rounds = createProjectRounds();
  let beyond = 0;

  /** Asks with the shape; where a field is unknown to the server, again without it. */
  async function withShape<T>(
    signal: AbortSignal,
    ask: (shape: ApiShape) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    for (;;) {
      const shape = await adapter.shape(signal);
      if (!shape.ok) return shape;
      const answer = await ask(shape.value);
      if (answer.ok || !isUnknownField(answer.error) || !adapter.reduce(shape.value)) return answer;
    }
  }

  const read = (job: WireJob, project: Project, shape: ApiShape) =>
    readContainer(job, project, shape, instance, gateway.skewMs());

  /** The number of items on a page is the server's: the end is a page with nothing new on it. */
  async function projects(
    party: string,
    shape: ApiShape | undefined,
    signal: AbortSignal,
  ): Promise<Result<readonly Project[]>> {
    const found = new Map<string, Project>();
    for (let page = 1; page <= mostPages; page += 1) {
      const answer = await gateway.ask({
        query: queries.projects(shape?.jobFields),
        optional: shape?.optional ?? [],
        variables: { partyId: party, page },
        schema: wireProjects,
        signal,
      });
      if (!answer.ok) return answer;
      const before = found.size;
      const listed = answer.value.party?.projects?.data ?? [];
      for (const project of listed) if (found.size < mostProjects) found.set(project.id, project);
      if (found.size >= mostProjects) {
        beyond = listed.filter(({ id }) => !found.has(id)).length;
        break;
      }
      beyond = 0;
      if (found.size === before) break;
    }
    return ok([...found.values()]);
  }

  /** Newest first: pages are read on for as long as one holds a job that has not ended. */
  async function jobsOf(
    project: Project,
    party: string,
    shape: ApiShape,
    signal: AbortSignal,
  ): Promise<Result<readonly PlatformContainer[]>> {
    const found = new Map<string, PlatformContainer>();
    for (let page = 1; page <= mostPages; page += 1) {
      const answer = await gateway.ask({
        query: queries.projectJobs(shape.jobFields),
        optional: shape.optional,
        variables: { projectId: project.id, userId: party, page },
        schema: wireProjectJobs,
        signal,
      });
      if (!answer.ok) return answer;
      const fresh = (answer.value.project?.jobs?.data ?? []).filter((job) => !found.has(job.id));
      const containers = fresh.map((job) => read(job, project, shape));
      for (const container of containers) found.set(container.id, container);
      if (!containers.some((container) => container.status.kind !== 'ended')) break;
    }
    return ok([...found.values()]);
  }

  return {
    beyond: () => beyond,
    all: (party, signal) =>
      withShape(signal, async (shape) => {
        const list = await projects(party, shape.latestJob ? shape : undefined, signal);
        if (!list.ok) return list;
        const round: ProjectRounds['choose'] = (all) => (shape.latestJob ? rounds.choose(all) : all);
        const whole = round(list.value);
        const jobs = await mapLimited(whole, atOnce, async (project) => {
          const all = await jobsOf(project, party, shape, signal);
          if (all.ok) rounds.note(project, all.value);
          return all.ok ? ok([project.id, worthShowing(all.value)] as const) : all;
        });
        if (!jobs.ok) return jobs;
        const known = new Map(jobs.value);
        return ok(
          list.value.flatMap((project) => {
            const latest = project.latestJob ?? undefined;
            return known.get(project.id) ?? (latest === undefined ? [] : [read(latest, project, shape)]);
          }),
        );
      }),
    projects: (party, signal) => projects(party, undefined, signal),
    ofProject: (party, projectId, signal) =>
      withShape(signal, (shape) => jobsOf({ id: projectId }, party, shape, signal)),
    one: (party, id, signal) =>
      withShape(signal, async (shape) => {
        const answer = await gateway.ask({
          query: queries.job(shape.jobFields),
          optional: shape.optional,
          variables: { userId: party, jobId: id },
          schema: wireOneJob,
          signal,
        });
        if (!answer.ok) return answer;
        const { job } = answer.value;
        if (job === null) return fail('container_not_found');
        return ok({ job, container: read(job, job.project ?? { id: '' }, shape), shape });
      }),
  };
}

/** The latest of a project, which can be started again, and whatever has not ended. */
function worthShowing(containers: readonly PlatformContainer[]): readonly PlatformContainer[] {
  const latest = containers.reduce<PlatformContainer | undefined>(
    (best, container) =>
      best === undefined || (container.createdAt ?? 0) > (best.createdAt ?? 0) ? container : best,
    undefined,
  );
  return containers.filter((container) => container === latest || container.status.kind !== 'ended');
}
