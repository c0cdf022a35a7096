import type { Mapping } from '../../shared/model/container.ts';
import { createContainerShell } from './container-shell.ts';
import type { CrowdServer } from './crowd.ts';
import { hasShell } from './job-modes.ts';
import { createSampleLaunches } from './sample-launches.ts';
import { type ContainerSsh, startContainerSsh } from './ssh-server.ts';
import type { JobRecord } from './state.ts';
import { startSamples, type VirtualPort } from './virtual-ports.ts';

/** A container that runs: its services and, a little later, its SSH server. */
export interface ContainerRun {
  /** Where the edge finds a port; `undefined` when nothing listens on the container's outer address. */
  outer(port: number): { readonly host: string; readonly port: number } | undefined;
  /** Absent until the SSH server is ready. */
  sshPort(): number | undefined;
  stop(): Promise<void>;
}

/** Starts what a job's record describes. `after` delays the SSH server: on the platform it is ready after RUNNING. */
export async function startContainer(options: {
  readonly job: JobRecord;
  readonly crowd: CrowdServer;
  readonly name: string;
  readonly keys: () => readonly string[];
  /** The container's own on this machine. */
  readonly folder: () => string;
  readonly sshDelay: (ready: () => void) => () => void;
  readonly onSsh: (port: number) => void;
}): Promise<ContainerRun> {
  const { job } = options;
  if (job.outside !== undefined) return outsideRun(job.outside);
  if (job.crowd === true) return crowdRun(await options.crowd.address(), job.ports);
  const samples = await startSamples(options.name, job.mode);
  const launches = createSampleLaunches(samples);
  // Tasks are looked at by their logs; the platform offers no SSH to them.
  if (!hasShell(job))
    return {
      outer: (port) => outerOf(samples.ports, port),
      sshPort: () => undefined,
      stop: () => samples.stop(),
    };
  const shell = createContainerShell({ name: options.name, folder: options.folder });
  let ssh: ContainerSsh | undefined;
  let starting: Promise<void> | undefined;
  const cancel = options.sshDelay(() => {
    starting = (async () => {
      if (job.run === undefined) return;
      ssh = await startContainerSsh({
        name: options.name,
        hostKey: job.run.hostKey,
        password: job.run.password,
        port: job.run.sshPort,
        ports: samples.ports,
        launches,
        shell,
        keys: options.keys,
      });
      options.onSsh(ssh.port);
    })();
  });
  return {
    outer: (port) => outerOf(samples.ports, port),
    sshPort: () => ssh?.port,
    async stop() {
      cancel();
      await starting;
      shell?.stop();
      await Promise.all([ssh?.stop(), launches.stop()]);
      await samples.stop();
    },
  };
}

const outerOf = (ports: readonly VirtualPort[], port: number) =>
  ports.find((candidate) => candidate.port === port && candidate.bind === 'any')?.real;

/** One of many: all of them are served by one server, and none has SSH. */
const crowdRun = (
  address: { readonly host: string; readonly port: number },
  mappings: readonly Mapping[],
): ContainerRun => ({
  outer: (port) => (mappings.some((mapping) => mapping.port === port) ? address : undefined),
  sshPort: () => undefined,
  stop: async () => {},
});

const outsideRun = (outside: NonNullable<JobRecord['outside']>): ContainerRun => ({
  outer: (port) => ({ host: outside.address, port }),
  sshPort: () => outside.sshPort,
  stop: async () => {},
});
