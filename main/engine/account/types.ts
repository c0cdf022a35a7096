import type { RequestInput } from '../../../shared/contract/requests.ts';
import type { Account, Instance } from '../../../shared/model/instance.ts';
import type {
  AccountEntry,
  BayesAccount,
  Diagnostics,
  Reach,
  Session,
} from '../../../shared/model/session.ts';
import type { AccountFacts } from '../../../shared/platform-rules/index.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import type { PutBack } from '../base/bin.ts';
import type { Clock, Log } from '../base/effects.ts';
import type { EngineMemory } from '../base/memory.ts';
import type { Secret, SecretStore } from '../base/secret.ts';
import type { PlatformClient } from '../platform/index.ts';
import type { PasswordSignIn, SignIn } from './sign-in.ts';

/** The embedded platform, as much of it as a session needs. */
export interface LocalSeat {
  readonly origin: string;
  readonly edge: Instance['edge'];
  readonly user: string;
  readonly token: Secret;
  stop(): Promise<void>;
}

/**
 * The accounts that are kept, and the one that is open: its containers are shown and its tunnels run. A new one takes
 * the old one's place only after the platform has answered it.
 */
export interface SessionControl {
  /** Opens again what memory holds. Never fails: what cannot be opened leaves nobody signed in. */
  restore(): Promise<void>;
  tryLocal(): Promise<Result<Session>>;
  /** `origin_invalid`, `domain_invalid`, `token_missing`, `token_refused` and what `PlatformClient.me` says, each with its field. */
  signIn(typed: SignIn, signal: AbortSignal): Promise<Result<Session>>;
  /** Also `user_missing`, `password_refused`. */
  signInWithPassword(typed: PasswordSignIn, signal: AbortSignal): Promise<Result<Session>>;
  /** `bayes_config_invalid`. */
  bayesAccounts(): Promise<Result<{ readonly accounts: readonly BayesAccount[] }>>;
  /** Also `bayes_config_missing`, `token_missing`, `domain_invalid`. */
  importBayes(wanted: RequestInput<'session.importBayes'>, signal: AbortSignal): Promise<Result<Session>>;
  /** Opens what is kept, without a question to the platform: works offline. `account_not_found`. */
  switchTo(accountId: string): Promise<Result<Session>>;
  /** `account_not_found`, `token_other_account` {user}, and what a sign-in says. Tunnels stay as they are. */
  renew(typed: RequestInput<'session.renew'>, signal: AbortSignal): Promise<Result<Session>>;
  setParty(wanted: RequestInput<'session.setParty'>, signal: AbortSignal): Promise<Result<Session>>;
  /** Putting back opens it again, unless another one was opened meanwhile. */
  signOut(): Promise<Result<PutBack>>;
  /** `account_not_found`; putting back: `undo_gone` when it was signed in to again. */
  forget(accountId: string): Promise<Result<PutBack>>;
  client(): PlatformClient | undefined;
  account(): Account | undefined;
  /** Owner and verification, as the rules of mappings need them. */
  facts(): AccountFacts | undefined;
  diagnostics(): Result<Diagnostics>;
  noteReach(reach: Reach): void;
  /** A refusal may tell something of the account: that it is not verified. */
  noteError(error: AppError): void;
  stop(): Promise<void>;
}

export interface SessionOptions {
  readonly memory: EngineMemory;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch: typeof fetch;
  /** The file of the `bayes` command, absolute. */
  readonly bayesFile: string;
  readonly openLocal: () => Promise<Result<LocalSeat>>;
  readonly publish: (session: Session, accounts: readonly AccountEntry[]) => void;
  /** Called when an account is opened, before the first question about containers. */
  readonly onOpen: () => void;
  readonly onClose: () => Promise<void>;
  /** The open account has a new token: whatever waits for one is asked again. */
  readonly onRenewed: () => void;
  /** Forgets what is kept of the containers that are shown. */
  readonly forgetContainers: () => Promise<PutBack>;
}
