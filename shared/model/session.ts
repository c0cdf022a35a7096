import type { AppError } from '../result.ts';
import type { Account, Party, RealName } from './instance.ts';

/** Who is signed in where, and whether the platform answers. */
export type Session =
  | { readonly kind: 'none' }
  | { readonly kind: 'opening'; readonly what: 'local' | 'account' }
  | {
      readonly kind: 'open';
      readonly account: Account;
      /** Result of the last round of questions to the platform. */
      readonly reach: Reach;
      /** Where it is `unverified`, mappings are closed and tunnels stay open. Absent: not asked yet. */
      readonly realName?: RealName;
    };

export type Reach =
  /** `lastAt`: age of what is shown meanwhile, kept from an earlier start. */
  | { readonly kind: 'asking'; readonly lastAt?: number }
  /** `more`: so many projects beyond those that are shown. */
  | { readonly kind: 'answered'; readonly at: number; readonly more?: number }
  /** `lastAt`: age of what is shown meanwhile; absent when nothing was ever read. */
  | { readonly kind: 'failed'; readonly at: number; readonly lastAt?: number; readonly error: AppError };

/** The bundled proxy's listener. */
export type ProxyState =
  | { readonly kind: 'stopped' }
  | {
      readonly kind: 'listening';
      readonly port: number;
      /** The port of all local addresses until now, which another program holds this time. */
      readonly takenPort?: number;
      /** HTTPS is spoken beside HTTP, by the authority of this certificate (PEM), which stands in this file too. */
      readonly https?: { readonly authority: string; readonly file: string };
      /** Does the system trust an authority of Gearway's? It may while HTTPS is off. */
      readonly trusted?: boolean;
    }
  | { readonly kind: 'failed'; readonly error: AppError };

/** One account that is kept: any number of them, one of which is open. */
export interface AccountEntry {
  readonly id: string;
  readonly account: Account;
  /** Is it the one whose containers are shown? */
  readonly open: boolean;
  /** `refused`: expired or withdrawn, to be entered again in place. `missing`: forgotten by this machine. */
  readonly token: 'kept' | 'refused' | 'missing';
  readonly realName: RealName;
  /** Organisations in whose name this user may work; empty until they were asked for. */
  readonly parties: readonly Party[];
}

/** An account that the `bayes` command is signed in to. */
export interface BayesAccount {
  /** Names it for `session.importBayes`. */
  readonly name: string;
  readonly origin: string;
  readonly user?: string;
  readonly party?: string;
  /** `known`: one of the public instances. `unknown`: the domain of its addresses must be typed. */
  readonly instance: 'known' | 'unknown';
  /** Without one there is nothing to import. */
  readonly hasToken: boolean;
  readonly isDefault: boolean;
}

/** What was found out about the platform's API; free of secrets, to be shown and copied. */
export interface Diagnostics {
  readonly instance: string;
  readonly origin: string;
  /** `schema`: its schema was read. `assumed`: it refuses that, the likely shape is used. `reduced`: it knows less. */
  readonly shape: 'schema' | 'assumed' | 'reduced' | 'unknown';
  readonly mappings: { readonly read: 'yes' | 'no' | 'assumed'; readonly write: 'yes' | 'no' | 'assumed' };
  /** Fields of a job that are asked for beside those that are promised. */
  readonly jobFields: readonly string[];
  /** Server's clock minus this machine's, in milliseconds, where it is more than a minute. */
  readonly clockSkewMs?: number;
  /** The last failures, newest first: when, which operation, which code. */
  readonly failures: readonly { readonly at: number; readonly operation: string; readonly code: string }[];
  /** All of it as lines of text, for a report. */
  readonly text: string;
}
