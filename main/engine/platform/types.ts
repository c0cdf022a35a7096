import type { Container, DataBinding, Mapping } from '../../../shared/model/container.ts';
import type { creatableModes, ResourceChoice, RuntimeChoice } from '../../../shared/model/creation.ts';
import type { Party, RealName } from '../../../shared/model/instance.ts';
import type { Diagnostics } from '../../../shared/model/session.ts';
import type { Result } from '../../../shared/result.ts';
import type { Secret } from '../base/secret.ts';

/** One container as the platform tells it; what the app adds stands in `containers/`. */
export type PlatformContainer = Omit<
  Container,
  'busy' | 'look' | 'pendingMappings' | 'problem' | 'mappingsFrom'
> & {
  /** Of its SSH server; drawn anew with each run. */
  readonly password?: Secret;
};

interface PlatformKey {
  readonly id: string;
  readonly name: string;
  readonly fingerprint?: string;
}

export type PlatformResource = Omit<ResourceChoice, 'current' | 'limit' | 'minutesLeft'>;
export type PlatformRuntime = RuntimeChoice;

export interface NewContainer {
  readonly projectId: string;
  readonly mode: (typeof creatableModes)[number];
  readonly resource: string;
  readonly runtime: string;
  readonly mappings: readonly Mapping[];
  /** What a task runs. */
  readonly command?: string;
  /** Nodes of a batch. */
  readonly size?: number;
  readonly dataBindings?: readonly DataBinding[];
}

/** By the name of a resource. */
export interface Quota {
  readonly minutesLeft: ReadonlyMap<string, number>;
  readonly limits: ReadonlyMap<string, { readonly current: number; readonly limit: number }>;
}

interface PlatformUser {
  readonly user: string;
  readonly email?: string;
}

export interface NextRun {
  /** `unknown` sends none, and the platform keeps what it has. */
  readonly mappings: readonly Mapping[] | 'unknown';
  /** Does the run make no sense without them? Else a platform that takes none keeps what it has. */
  readonly mustMap?: boolean;
  /** Where absent, that of the last run is used again. */
  readonly resource?: string;
  readonly runtime?: string;
}

/**
 * The platform's API with our words. Every method can fail with `origin_unreachable`, `name_unresolved`,
 * `tls_failed`, `clock_wrong`, `platform_timeout`, `origin_not_platform`, `captive_portal`, `answer_incomplete`,
 * `origin_refused`, `refused_silently`, `token_refused`, `forbidden`, `real_name_required`, `platform_busy`,
 * `platform_down`, `platform_error` and `cancelled`. Methods that write can also fail with `job_limit`, and with `outcome_uncertain` where the order went
 * out and no answer came: look it up, never send it again blindly.
 */
export interface PlatformClient {
  me(signal: AbortSignal): Promise<Result<PlatformUser>>;
  /** `unknown` where the API has no word for it. */
  realName(signal: AbortSignal): Promise<Result<RealName>>;
  /** Organisations that the user belongs to. */
  parties(signal: AbortSignal): Promise<Result<readonly Party[]>>;
  /** For each project its latest job and those that have not ended. */
  containers(signal: AbortSignal): Promise<Result<readonly PlatformContainer[]>>;
  /** Also `container_not_found`. */
  container(id: string, signal: AbortSignal): Promise<Result<PlatformContainer>>;
  /** Bills. */
  createContainer(wanted: NewContainer, signal: AbortSignal): Promise<Result<{ readonly id: string }>>;
  stop(id: string, signal: AbortSignal): Promise<Result<null>>;
  /**
   * Starts an ended workspace again, or runs an ended task once more as a new job, with its data bindings; bills.
   * Gives the id, which may be another one. Also `container_not_restartable`, and `mappings_not_writable` where the
   * platform has no place for mappings that must be there.
   */
  restart(id: string, next: NextRun, signal: AbortSignal): Promise<Result<{ readonly id: string }>>;
  keys(signal: AbortSignal): Promise<Result<readonly PlatformKey[]>>;
  /** `content` is the public key, one line. */
  addKey(
    key: { readonly name: string; readonly content: string },
    signal: AbortSignal,
  ): Promise<Result<PlatformKey>>;
  resources(signal: AbortSignal): Promise<Result<readonly PlatformResource[]>>;
  runtimes(signal: AbortSignal): Promise<Result<readonly PlatformRuntime[]>>;
  projects(signal: AbortSignal): Promise<Result<readonly { readonly id: string; readonly name: string }[]>>;
  /** All jobs of a project's first page, newest first. */
  projectContainers(projectId: string, signal: AbortSignal): Promise<Result<readonly PlatformContainer[]>>;
  /** The whole log as text; empty where there is none yet. */
  logs(id: string, signal: AbortSignal): Promise<Result<string>>;
  quota(signal: AbortSignal): Promise<Result<Quota>>;
  /** Names of data sets that can be bound, own ones first. */
  datasets(signal: AbortSignal): Promise<Result<readonly string[]>>;
  /** Projects that the last list held beyond those that are shown; asks nothing. */
  leftOut(): number;
  /** What was found out about this API so far; asks nothing. */
  diagnostics(): Diagnostics;
  createProject(name: string, signal: AbortSignal): Promise<Result<{ readonly id: string }>>;
}
