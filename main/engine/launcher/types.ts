import type { LaunchValues } from '../../../shared/launch/index.ts';
import type { NewHost } from '../../../shared/launch/remote/index.ts';
import type { Launch, LogMatch, LogPart } from '../../../shared/model/launch.ts';
import type { Result } from '../../../shared/result.ts';
import type { Clock, Random } from '../base/effects.ts';
import type { ContainerExec } from './remote.ts';

export interface LaunchOrder {
  readonly containerId: string;
  readonly recipe: string;
  /** What the person calls it; the recipe's name where it is empty. */
  readonly name: string;
  readonly values: LaunchValues;
}

/**
 * Starts services in containers over SSH and finds them again. The container holds the truth, in a folder for each
 * service: what this application forgets, or never knew, is read from there. A started service needs neither the
 * connection nor this application. Errors are those of `Ssh.exec`, and those named.
 */
export interface Launcher {
  /** All that is known of, by container. */
  list(): readonly Launch[];
  get(id: string): Launch | undefined;
  /** Asks the container what runs in it. */
  refresh(containerId: string, signal: AbortSignal): Promise<Result<null>>;
  /** The command as it would run, or the first rule that it breaks with its field. Pure. */
  preview(order: LaunchOrder): Result<{ readonly preview: string; readonly values: LaunchValues }>;
  /** What `preview` says, `launch_port_taken` {port, process}, `launch_folder_missing`, `launch_failed`. */
  start(order: LaunchOrder, signal: AbortSignal): Promise<Result<{ readonly id: string }>>;
  /**
   * Asks it to end, waits for `graceMs`, then ends it by force; `force` waits for nothing, and hurries a stop or a
   * restart that is under way, which then starts nothing. Nothing of it is left, or the answer is `launch_not_stopped`
   * {count}.
   */
  stop(id: string, how: { readonly force: boolean }, signal: AbortSignal): Promise<Result<null>>;
  /** Stops it where it runs, then starts the same command, on another address where `host` says so. */
  restart(id: string, signal: AbortSignal, host?: NewHost): Promise<Result<null>>;
  /** Forgets an ended service with its log. `launch_running`. */
  remove(id: string, signal: AbortSignal): Promise<Result<null>>;
  /** A part of its log; `from` below 0 asks for the end. At most `mostLogPart` bytes. */
  log(
    id: string,
    part: { readonly from: number; readonly most: number; readonly previous?: boolean },
    signal: AbortSignal,
  ): Promise<Result<LogPart>>;
  /** Lines that hold the text, the first `mostMatches` of them. */
  search(id: string, text: string, signal: AbortSignal): Promise<Result<readonly LogMatch[]>>;
  /** Forgets what is known of containers that are gone. */
  keepOnly(containerIds: readonly string[]): void;
}

export interface LauncherOptions {
  readonly exec: ContainerExec;
  readonly clock: Clock;
  readonly random: Random;
  readonly onChange: () => void;
  /** Ports that listen in a container now, with the process, as a look just found. */
  readonly listening: (
    containerId: string,
    signal: AbortSignal,
  ) => Promise<
    readonly { readonly port: number; readonly process?: string; readonly addresses?: readonly string[] }[]
  >;
  /** Is this port of the container mapped, now or by the next start. */
  readonly isMapped: (containerId: string, port: number) => boolean;
  /** Time that a service has to end by itself, in milliseconds. */
  readonly graceMs?: number;
  /** Folders that outlast a run; tests have their own. */
  readonly folders?: readonly string[];
}
