import type { Container, LookState, Mapping } from '../../../shared/model/container.ts';
import type { ContainerLog, CreationOptions, NewContainerForm } from '../../../shared/model/creation.ts';
import type { Reach } from '../../../shared/model/session.ts';
import type { AccountFacts } from '../../../shared/platform-rules/index.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import type { Clock, Log, Random } from '../base/effects.ts';
import type { Secret } from '../base/secret.ts';
import type { PlatformClient } from '../platform/index.ts';
import type { SigningKey, SshEndpoint } from '../ssh/index.ts';
import type { LastKnown } from './last-known.ts';

/** Mappings that wait for the next start; they outlive the engine. */
export interface PendingMappings {
  read(containerId: string): readonly Mapping[] | undefined;
  write(containerId: string, mappings: readonly Mapping[] | undefined): void;
}

export interface ContainersOptions {
  /** Of the account that is signed in. */
  readonly client: () => PlatformClient | undefined;
  readonly clock: Clock;
  readonly random: Random;
  /** Whatever changed of the list, a person's own edits too. */
  readonly publish: (containers: readonly Container[]) => void;
  /**
   * The platform answered, or could not be asked, or something is being done with a container: after `publish`.
   * `isNews`: not only the platform's word that all is as before.
   */
  readonly heard: (containers: readonly Container[], reach: Reach, isNews: boolean) => void;
  readonly pending: PendingMappings;
  /** Mappings that the person noted by hand, where the platform does not tell them. */
  readonly notes: PendingMappings;
  /** Owner of the addresses and state of the verification, for the rules. */
  readonly facts: () => AccountFacts;
  /** Hears why an order was refused: it may tell something of the account. */
  readonly refused?: (error: AppError) => void;
  /** The key of this computer, where the account has it: tried before the password of a run. */
  readonly loginKey?: () => Promise<SigningKey | undefined>;
  readonly lastKnown: LastKnown;
  /** Is there no network at all? Then nothing is asked. */
  readonly offline: () => boolean;
  readonly log: Log;
  /** How long a container may take to stop, in milliseconds. */
  readonly stopDeadlineMs?: number;
}

/**
 * The containers of the account that is signed in, kept current. An action is answered when the platform has
 * carried it out or refused it; meanwhile the container is `busy`, and a failure stays on it as its `problem`.
 * Every action can fail with `not_signed_in`, `container_not_found`, `container_busy`, `cancelled` and with what
 * `PlatformClient` says.
 */
export interface Containers {
  /** Shows what is kept of the account from an earlier time, and begins to ask; `stop` ends every question and timer. */
  start(): void;
  stop(): void;
  /** Writes what is kept. */
  flush(): Promise<void>;
  /** Asks now, or waits for the question that is under way; `signal` gives that up. */
  refresh(signal?: AbortSignal): Promise<Result<null>>;
  /** A hidden window needs no fresh list: questions become rare. `false` again each time that somebody turns to it. */
  setHidden(hidden: boolean): void;
  /** Something that ran does not answer: its container may have ended, which is asked now instead of within a minute. */
  doubt(): void;
  list(): readonly Container[];
  get(id: string): Container | undefined;
  password(id: string): Secret | undefined;
  setLook(id: string, look: LookState): void;
  /** What the next start applies; a list equal to what is in effect is none. */
  setPending(id: string, mappings: readonly Mapping[] | undefined): void;
  /** What the platform has in effect although it does not tell. Fails with `mappings_readable` where it does tell. */
  setNoted(id: string, mappings: readonly Mapping[] | undefined): Result<null>;
  /** What a new container can be; machines with quota, for the confirmation of everything that costs money. */
  options(signal: AbortSignal): Promise<Result<CreationOptions>>;
  /** Bills. See `createContainer`. */
  create(form: NewContainerForm, signal: AbortSignal): Promise<Result<{ readonly containerId: string }>>;
  logs(id: string, signal: AbortSignal): Promise<Result<ContainerLog>>;
  /**
   * Starts an ended workspace again, or runs an ended task once more. Also `container_not_restartable` {name}; a
   * running one is left as it is. `signal` ends the waiting, not what the platform was told already.
   */
  startContainer(id: string, signal?: AbortSignal): Promise<Result<null>>;
  /** Also `container_stop_timeout` {name, seconds}. */
  stopContainer(id: string, signal?: AbortSignal): Promise<Result<null>>;
  /** Stops where it runs, then starts with the pending mappings. The errors of both. */
  restart(id: string, signal?: AbortSignal): Promise<Result<null>>;
  /**
   * Ends the waiting for whatever is being done with it: nothing more is sent, and what was sent is not taken back.
   * The list shows what became of it. `container_not_found`.
   */
  giveUp(id: string): Result<null>;
  /** Asks the platform first: the port is drawn anew at each run. Also `container_not_running`, `ssh_not_offered` {name}. */
  sshEndpoint(id: string, signal: AbortSignal): Promise<Result<SshEndpoint>>;
}
