import { type Clock, drawText, type Log, type Random, type Stop } from '../engine/base/effects.ts';
import { oneAtATime } from '../engine/base/one-at-a-time.ts';
import { type ContainerRun, startContainer } from './container-run.ts';
import type { CrowdServer } from './crowd.ts';
import { drawHostKey } from './host-key.ts';
import { hasShell } from './job-modes.ts';
import type { PlatformFolder } from './platform-folder.ts';
import type { JobRecord, PlatformState } from './state.ts';
import { runTask } from './task-run.ts';

/** All containers that run, and the way of one from queued to running. */
export interface Fleet {
  /** Draws a new run for a job: password, host key, start. It queues for a while first. */
  begin(job: JobRecord): void;
  /** Ends a run; its password and host key go with it. */
  end(job: JobRecord): Promise<void>;
  run(jobId: string): ContainerRun | undefined;
  /** Brings back, with the same keys and ports, what ran when the platform ended. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

/** How long a run on the free resource may last. */
const freeRunMs = 4 * 3_600_000;
const mostLogChars = 20_000;
/** A longer one would fire at once (`setTimeout` counts in 32 bits). */
const longestTimerMs = 2 ** 31 - 1;

export function createFleet(options: {
  readonly state: PlatformState;
  readonly crowd: CrowdServer;
  readonly changed: () => void;
  readonly folder: PlatformFolder;
  /** A line of a job's log. */
  readonly onLine: (job: JobRecord, line: string) => void;
  readonly onEnd: (job: JobRecord) => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** From queued to running, and from running to an SSH server that answers, in milliseconds. */
  readonly queueMs: number;
  readonly sshDelayMs: number;
}): Fleet {
  const { state, clock, random } = options;
  const runs = new Map<string, ContainerRun>();
  const timers = new Map<string, Stop>();
  const tasks = new Map<string, Stop>();
  /** One container starts or stops at a time; the order of orders stays. */
  const next = oneAtATime();
  const inLine = (work: () => Promise<void>): Promise<void> =>
    next(work).catch((error: unknown) => {
      options.log('error', 'localPlatform.container', { error: String(error) });
    });

  const start = (job: JobRecord, sshDelayMs: number) =>
    inLine(async () => {
      if (job.status !== 'RUNNING' || runs.has(job.id)) return;
      const name = state.projects.find((project) => project.id === job.projectId)?.name ?? job.id;
      job.run ??= {
        password: drawText(random, 16),
        hostKey: job.crowd === true ? '' : drawHostKey(),
        sshPort: 0,
      };
      const run = await startContainer({
        job,
        crowd: options.crowd,
        name,
        keys: () => state.keys.map((key) => key.content),
        folder: () => options.folder.of('containers', job.id),
        sshDelay: (ready) => clock.after(sshDelayMs, ready),
        onSsh(port) {
          if (job.run !== undefined) job.run.sshPort = port;
          options.changed();
        },
      });
      runs.set(job.id, run);
      endWithPlan(job);
      options.changed();
    });

  /** A machine outside keeps its own password and key, whatever starts or ends here. */
  function forgetRun(job: JobRecord) {
    if (job.outside === undefined) job.run = undefined;
  }

  /** Where the plan limits the run, the platform ends it. */
  function endWithPlan(job: JobRecord) {
    if (job.expiresAt === undefined) return;
    const left = Date.parse(job.expiresAt) - clock.now();
    timers.set(
      job.id,
      clock.after(Math.min(Math.max(0, left), longestTimerMs), () => void fleet.end(job)),
    );
  }

  /** What runs to an end by itself. */
  function beginTask(job: JobRecord) {
    const say = (line: string) => {
      job.log = `${job.log ?? ''}${line}\n`.slice(-mostLogChars);
      options.onLine(job, line);
    };
    job.log = '';
    const stop = runTask({
      command: job.command ?? 'true',
      clock,
      say,
      folders: () => ({
        output: options.folder.of('store', 'outputs', job.id),
        ...(job.code === undefined ? {} : { code: options.folder.of('store', 'source-code', job.code) }),
      }),
      onEnd(code) {
        tasks.delete(job.id);
        if (code !== 0) say(`exit status ${code}`);
        void finish(job, code === 0 ? 'SUCCEEDED' : 'FAILED');
      },
    });
    tasks.set(job.id, stop);
  }

  function finish(job: JobRecord, status: JobRecord['status']): Promise<void> {
    timers.get(job.id)?.();
    timers.delete(job.id);
    tasks.get(job.id)?.();
    tasks.delete(job.id);
    job.status = status;
    options.onEnd(job);
    options.changed();
    return inLine(async () => {
      await runs.get(job.id)?.stop();
      runs.delete(job.id);
      forgetRun(job);
      options.changed();
    });
  }

  const fleet: Fleet = {
    begin(job) {
      job.status = 'QUEUED';
      forgetRun(job);
      job.startedAt = undefined;
      options.changed();
      const step = (status: JobRecord['status'], next?: () => void) => () => {
        job.status = status;
        options.changed();
        next?.();
      };
      const running = () => {
        timers.delete(job.id);
        job.startedAt = new Date(clock.now()).toISOString();
        job.expiresAt =
          job.resource === 'free-cpu' ? new Date(clock.now() + freeRunMs).toISOString() : undefined;
        step('RUNNING')();
        void start(job, options.sshDelayMs);
        if (!hasShell(job)) beginTask(job);
      };
      timers.set(
        job.id,
        clock.after(
          options.queueMs / 2,
          step('PREPARING', () => timers.set(job.id, clock.after(options.queueMs / 2, running))),
        ),
      );
    },
    end: (job) => finish(job, 'CANCELLED'),
    run: (jobId) => runs.get(jobId),
    async resume() {
      for (const job of state.jobs) {
        if (job.status === 'RUNNING') await start(job, 0);
        // What was on its way when the platform ended is on its way again.
        if (job.status === 'QUEUED' || job.status === 'PREPARING') fleet.begin(job);
      }
    },
    async stop() {
      for (const stopOne of [...timers.values(), ...tasks.values()]) stopOne();
      timers.clear();
      tasks.clear();
      await inLine(async () => {
        await Promise.all([...runs.values()].map((run) => run.stop()));
        runs.clear();
      });
    },
  };
  return fleet;
}
