import type { Result } from '../../../../shared/result.ts';

/** The certificate of an authority, as a file and as what the system's programs know it by. */
export interface AuthorityFile {
  /** Absolute path of the PEM. */
  readonly path: string;
  /** Its common name: with the mark that no other authority of Gearway's has. */
  readonly name: string;
  /** SHA-1 of it in upper-case hexadecimal digits, as certificate stores name it. */
  readonly sha1: string;
  readonly pem: string;
}

/**
 * What programs of this person trust. Only programs of the system are started, with arguments of Gearway's own; nothing
 * needs an administrator. Each call ends by itself: where the system asks the person, after two minutes.
 */
export interface TrustStore {
  has(authority: AuthorityFile, signal: AbortSignal): Promise<boolean>;
  /** `authority_not_installed` {reason}, `certutil_missing`, `cancelled`. */
  install(authority: AuthorityFile, signal: AbortSignal): Promise<Result<null>>;
  /** Also where it is there no more. `authority_not_installed` {reason}, `certutil_missing`, `cancelled`. */
  remove(authority: AuthorityFile, signal: AbortSignal): Promise<Result<null>>;
}
