import type { AppError } from '../result.ts';
import type { Account } from './instance.ts';

/** Who is signed in where, and whether the platform answers. */
export type Session =
  | { readonly kind: 'none' }
  | { readonly kind: 'opening'; readonly what: 'local' | 'account' }
  | {
      readonly kind: 'open';
      readonly account: Account;
      /** Result of the last round of questions to the platform. */
      readonly reach: Reach;
    };

export type Reach =
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly at: number }
  /** `lastAt`: age of what is shown meanwhile; absent when nothing was ever read. */
  | { readonly kind: 'failed'; readonly at: number; readonly lastAt?: number; readonly error: AppError };

/** The bundled proxy's listener. */
export type ProxyState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'failed'; readonly error: AppError };
