import type { PlatformContainer } from './types.ts';
import type { WireJob } from './wire.ts';

export interface Project {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly latestJob?: WireJob | null | undefined;
}

/**
 * Which projects are asked for all their jobs in this round. The list of projects brings the latest job of each; what
 * it cannot bring is an older one that still runs. Few projects are read whole every time; of many, those that may
 * hide such a job, and some of the others in turn.
 */
export interface ProjectRounds {
  choose(projects: readonly Project[]): readonly Project[];
  /** What a whole reading of a project gave. */
  note(project: Project, containers: readonly PlatformContainer[]): void;
}

/** Projects that are read whole in one round: with four questions at a time, about a second at 100 ms each. */
const eachRound = 40;

export function createProjectRounds(): ProjectRounds {
  /** The latest job at the last whole reading, and whether an older one had not ended. */
  const seen = new Map<string, { readonly latest: string | undefined; readonly others: boolean }>();
  let next = 0;
  return {
    choose(projects) {
      if (projects.length <= eachRound) return projects;
      const urgent = projects.filter((project) => {
        const before = seen.get(project.id);
        return before !== undefined && (before.others || before.latest !== project.latestJob?.id);
      });
      const start = next % projects.length;
      const inTurn = [...projects.slice(start), ...projects.slice(0, start)].slice(0, eachRound);
      next = start + eachRound;
      return [...new Set([...urgent, ...inTurn])];
    },
    note(project, containers) {
      const latest = project.latestJob?.id;
      const others = containers.some(({ id, status }) => id !== latest && status.kind !== 'ended');
      seen.set(project.id, { latest, others });
    },
  };
}
