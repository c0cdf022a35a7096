import type { LaunchMeta, LaunchState } from '../../model/launch.ts';
import { whyEnded } from '../why-ended.ts';

/** One process as proc(5) `stat` tells it. */
export interface ProcessLine {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
  /** Clock ticks since the machine started: with the number, it names a process for good. */
  readonly begun: string;
  /** Ended, and its parent has not asked yet. */
  readonly isOver: boolean;
}

export type Processes = ReadonlyMap<number, ProcessLine>;
export type ProcessOfLaunch = Pick<ProcessLine, 'pid' | 'begun'>;

/** A started service as its folder and the process table tell it. Times in seconds of the container's clock. */
export interface FoundLaunch {
  readonly launchId: string;
  readonly meta: LaunchMeta;
  readonly logBytes: number;
  readonly lastLines: readonly string[];
  /** Lines that speak of errors, before those. */
  readonly errorLines: readonly string[];
  readonly run?: {
    readonly token: string;
    readonly pid: number;
    readonly begun: string;
    readonly session: number;
    readonly since: number;
  };
  readonly exit?: { readonly code: number; readonly at: number };
  readonly stoppedAt?: number;
  /** Processes whose environment carries its token. */
  readonly marked: readonly number[];
  /** Processes that write to its log. */
  readonly writing: readonly number[];
}

/**
 * The processes of a service, its runner apart: those that carry its token, write to its log or share its session,
 * and everything that they started. Three signs, because each can be lost: a program may clear its environment
 * (Redis and nginx do, for their title), close its output, or begin a session of its own.
 */
export function membersOf(
  launch: FoundLaunch,
  processes: Processes,
): { readonly runner?: ProcessLine; readonly members: readonly ProcessLine[] } {
  const { run } = launch;
  const found = run === undefined ? undefined : processes.get(run.pid);
  const runner = found !== undefined && found.begun === run?.begun && !found.isOver ? found : undefined;
  const signs = new Set([...launch.marked, ...launch.writing]);
  if (runner !== undefined) signs.add(runner.pid);
  const inSession = (one: ProcessLine) =>
    runner !== undefined && run !== undefined && run.session > 1 && one.session === run.session;
  for (const one of processes.values()) if (inSession(one)) signs.add(one.pid);
  // Children of children: a pass for each generation, until none is new.
  for (let before = -1; before !== signs.size; ) {
    before = signs.size;
    for (const one of processes.values()) if (one.parent > 1 && signs.has(one.parent)) signs.add(one.pid);
  }
  const members = [...signs].flatMap((pid) => {
    const one = processes.get(pid);
    return one === undefined || one.isOver || one.pid === runner?.pid ? [] : [one];
  });
  return { runner, members };
}

/** What these facts mean; `shiftSeconds` is added to the container's times. Pure. */
export function stateOf(launch: FoundLaunch, processes: Processes, shiftSeconds: number): LaunchState {
  const { runner, members } = membersOf(launch, processes);
  const ms = (seconds: number) => (seconds + shiftSeconds) * 1000;
  if (runner !== undefined || members.length > 0)
    return { kind: 'running', since: ms(launch.run?.since ?? 0), pids: members.map(({ pid }) => pid) };
  if (launch.stoppedAt !== undefined) return { kind: 'stopped', at: ms(launch.stoppedAt) };
  const { lastLines, exit } = launch;
  if (exit !== undefined) {
    const why = whyEnded(exit.code, [...launch.errorLines, ...lastLines]);
    return {
      kind: 'ended',
      code: exit.code,
      at: ms(exit.at),
      lastLines,
      ...(why === undefined ? {} : { why }),
    };
  }
  return { kind: 'gone', lastLines };
}
