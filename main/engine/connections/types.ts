import type { ConfiguredHost, ForwardDirection, LoginKind } from '../../../shared/model/connection.ts';
import type { Result } from '../../../shared/result.ts';
import type { PutBack } from '../base/bin.ts';

/** A connection as it is typed. */
export interface TypedConnection {
  /** The one to change; absent for a new one. */
  readonly id?: string;
  readonly name: string;
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly login: LoginKind;
  /** Between commas. */
  readonly keyFiles?: string;
  readonly via?: string;
  /** For a server that knows no elliptic curves. */
  readonly old?: boolean;
}

interface TypedForward {
  readonly connectionId: string;
  /** The one to change; absent for a new one. */
  readonly id?: string;
  readonly direction: ForwardDirection;
  /** What follows `-L`, `-R` or `-D`. */
  readonly forward: string;
  /** A person has read who can reach it. */
  readonly confirmed?: boolean;
}

/** Machines that are reached by SSH and belong to no platform, with what is forwarded through them. */
export interface Connections {
  /** Opens what was open last time. */
  start(): Promise<void>;
  /**
   * `ssh_command_invalid`, `host_invalid`, `forward_invalid`, `ssh_jump_loop`. With `open` it connects at once, and what it
   * forwards opens as soon as that stands; what others could reach waits for the person.
   */
  paste(command: string, open: boolean): Promise<Result<{ readonly id: string }>>;
  /** The person has read what is not carried out. */
  heed(id: string): Result<null>;
  /** `host_invalid`, `port_invalid`, `ssh_jump_loop`, `connection_not_found`; a changed one connects anew. */
  save(typed: TypedConnection): Promise<Result<{ readonly id: string }>>;
  /** With its secrets; what it forwarded is open again when it is put back. `connection_in_use` {name}. */
  remove(id: string): Promise<Result<PutBack>>;
  /** `ssh_config_unreadable`. */
  importable(): Promise<Result<{ readonly hosts: readonly ConfiguredHost[] }>>;
  importHosts(aliases: readonly string[]): Promise<Result<{ readonly count: number }>>;
  connect(id: string, signal: AbortSignal): Promise<Result<null>>;
  disconnect(id: string): Promise<Result<null>>;
  /** Only the key that was shown is accepted. */
  acceptKey(id: string, fingerprint: string, signal: AbortSignal): Promise<Result<null>>;
  /** The password, or the passphrase of the key; `keep` puts it into the keychain. */
  giveSecret(id: string, secret: string, keep: boolean, signal: AbortSignal): Promise<Result<null>>;
  /** Answers to what the server asks. */
  answer(id: string, answers: readonly string[]): Result<null>;
  /** Keeps a forward and opens it. `forward_invalid`, `bind_not_confirmed` {bind}, `local_port_busy`, … */
  saveForward(typed: TypedForward): Promise<Result<{ readonly id: string }>>;
  openForward(id: string): Promise<Result<null>>;
  closeForward(id: string): Promise<Result<null>>;
  removeForward(id: string): Promise<Result<PutBack>>;
  retryForward(id: string): Result<null>;
  /** After sleep: links that do not answer are given up. */
  nudge(): void;
  stop(): Promise<void>;
}
