import type { Gate, GateCheck, GatePlan } from '../../../shared/model/gate.ts';
import type { Launch } from '../../../shared/model/launch.ts';
import type { Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import type { Secret, SecretStore } from '../base/secret.ts';
import type { GateBook } from './book.ts';
import type { GateExec } from './remote.ts';

/** A service as a gate needs to know it. */
export interface Guarded {
  readonly id: string;
  readonly containerId: string;
  readonly name: string;
  readonly port: number;
  /** It speaks no HTTP. */
  readonly isTcp: boolean;
  /** When its container's run began, in ms since the epoch. */
  readonly runSince?: number;
  /** Where it is mapped to, or will be. */
  readonly url?: string;
  /** The address answers now. */
  readonly target?: { readonly url: string; readonly ca?: string };
}

export interface ShareOrder {
  readonly serviceId: string;
  readonly kind: 'link' | 'key' | 'password';
  readonly name: string;
  /** In ms since the epoch; `null`: without an end. */
  readonly until: number | null;
  readonly once?: boolean;
  readonly password?: Secret;
  /** The service may be started anew on 127.0.0.1. */
  readonly restart?: boolean;
}

/**
 * Gates in front of mapped services: a small server in the container that asks who comes. The container holds the
 * truth, in a folder for each; it knows hashes only. Errors are those of `Ssh.exec` and of the launcher, and those named.
 */
export interface Gates {
  /** `service_not_found`, `gate_needs_http`, `gate_no_python`. */
  plan(serviceId: string, signal: AbortSignal): Promise<Result<GatePlan>>;
  /**
   * Also `gate_restart_needed`, `gate_by_hand` {port}, `gate_not_written`, `gate_not_started`. Where it fails after the
   * service was started anew, the service is closed, never open.
   */
  share(
    order: ShareOrder,
    signal: AbortSignal,
  ): Promise<Result<{ readonly secret?: Secret; readonly address?: string; readonly check?: GateCheck }>>;
  /** At once: open streams end too. `gate_not_found`. */
  revoke(serviceId: string, grantId: string, signal: AbortSignal): Promise<Result<null>>;
  renew(serviceId: string, grantId: string, until: number | null, signal: AbortSignal): Promise<Result<null>>;
  check(serviceId: string, signal: AbortSignal): Promise<Result<null>>;
  start(serviceId: string, signal: AbortSignal): Promise<Result<null>>;
  /** Where the service is not opened again, it stays on 127.0.0.1: closed. */
  remove(serviceId: string, open: boolean, signal: AbortSignal): Promise<Result<null>>;
  /** What was started in the containers: gates are among it. */
  follow(launches: readonly Launch[]): void;
  stop(): void;
}

/** What a gate asks of the launcher. */
export interface GateLauncher {
  list(): readonly Launch[];
  refresh(containerId: string, signal: AbortSignal): Promise<Result<null>>;
  start(
    order: { containerId: string; recipe: string; name: string; values: Readonly<Record<string, string>> },
    signal: AbortSignal,
  ): Promise<Result<{ readonly id: string }>>;
  stop(id: string, how: { readonly force: boolean }, signal: AbortSignal): Promise<Result<null>>;
  restart(id: string, signal: AbortSignal, host?: 'loopback' | 'before'): Promise<Result<null>>;
  remove(id: string, signal: AbortSignal): Promise<Result<null>>;
}

export interface GatesOptions {
  readonly exec: GateExec;
  readonly launcher: GateLauncher;
  readonly find: (serviceId: string) => Guarded | undefined;
  /** What listens in a container, as a look just found; `undefined` where it could not look. */
  readonly listening: (
    containerId: string,
    signal: AbortSignal,
  ) => Promise<readonly { readonly port: number; readonly addresses?: readonly string[] }[] | undefined>;
  /** Asks an address as a stranger; `undefined`: nothing answers. */
  readonly ask: (
    target: { readonly url: string; readonly ca?: string },
    signal: AbortSignal,
  ) => Promise<
    | {
        readonly status: number;
        readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
      }
    | undefined
  >;
  readonly book: GateBook;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly publish: (gates: readonly Gate[]) => void;
  /** What a stranger gets there was seen anew. */
  readonly onChecked: (serviceId: string) => void;
  /** Folders that outlast a run; tests have their own. */
  readonly folders?: readonly string[];
}
