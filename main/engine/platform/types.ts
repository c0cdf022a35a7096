import type { Container, ContainerMode, Mapping } from '../../../shared/model/container.ts';
import type { Result } from '../../../shared/result.ts';
import type { Secret } from '../secret.ts';

/** One container as the platform tells it; what the app adds stands in `containers/`. */
export type PlatformContainer = Omit<Container, 'busy' | 'look' | 'pendingMappings' | 'problem'> & {
  /** Of its SSH server; drawn anew with each run. */
  readonly password?: Secret;
};

export interface PlatformKey {
  readonly id: string;
  readonly name: string;
  readonly fingerprint?: string;
}

export interface PlatformResource {
  readonly name: string;
  readonly label: string;
  readonly gpu: boolean;
}

export interface PlatformRuntime {
  readonly name: string;
  readonly framework?: string;
  readonly version?: string;
  readonly device?: string;
  readonly deprecated: boolean;
}

export interface NewContainer {
  readonly projectId: string;
  readonly mode: Extract<ContainerMode, 'WORKSPACE' | 'TASK'>;
  readonly resource: string;
  readonly runtime: string;
  readonly mappings: readonly Mapping[];
  /** What a task runs. */
  readonly command?: string;
}

export interface NextRun {
  /** `unknown` sends none, and the platform keeps what it has. */
  readonly mappings: readonly Mapping[] | 'unknown';
  /** Where absent, that of the last run is used again. */
  readonly resource?: string;
  readonly runtime?: string;
}

/**
 * The platform's API with our words. Every method can fail with `origin_unreachable`, `name_unresolved`,
 * `tls_failed`, `platform_timeout`, `origin_not_platform`, `origin_refused`, `token_refused`, `forbidden`,
 * `real_name_required`, `platform_error` and `cancelled`. Methods that write can also fail with `job_limit`, and
 * with `outcome_uncertain` where the order went out and no answer came: look it up, never send it again blindly.
 */
export interface PlatformClient {
  me(signal: AbortSignal): Promise<Result<{ readonly user: string; readonly email?: string }>>;
  /** For each project its latest job and those that have not ended. */
  containers(signal: AbortSignal): Promise<Result<readonly PlatformContainer[]>>;
  /** Also `container_not_found`. */
  container(id: string, signal: AbortSignal): Promise<Result<PlatformContainer>>;
  /** Bills. */
  createContainer(wanted: NewContainer, signal: AbortSignal): Promise<Result<{ readonly id: string }>>;
  stop(id: string, signal: AbortSignal): Promise<Result<null>>;
  /** Starts an ended workspace again, with its data bindings; bills. Gives the id, which may be the same. */
  restart(id: string, next: NextRun, signal: AbortSignal): Promise<Result<{ readonly id: string }>>;
  keys(signal: AbortSignal): Promise<Result<readonly PlatformKey[]>>;
  /** `content` is the public key, one line. */
  addKey(
    key: { readonly name: string; readonly content: string },
    signal: AbortSignal,
  ): Promise<Result<PlatformKey>>;
  resources(signal: AbortSignal): Promise<Result<readonly PlatformResource[]>>;
  runtimes(signal: AbortSignal): Promise<Result<readonly PlatformRuntime[]>>;
  createProject(name: string, signal: AbortSignal): Promise<Result<{ readonly id: string }>>;
}
