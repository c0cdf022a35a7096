import { z } from 'zod';
import type { AppError } from '../result.ts';
import { type HeaderRule, headerChoiceSchema, type PresetId } from './headers.ts';
import type { Route, RouteReason } from './route.ts';

/** What a person chose for the local address of one service. The key itself is no part of it. */
export const localOptionsSchema = z.object({
  headers: headerChoiceSchema.optional(),
  /** A port of its own; 0 takes a free one. */
  ownPort: z.int().min(0).max(65535).optional(),
  keepBodies: z.boolean().optional(),
  /** The mark of the place for which its key was given; the key itself is a secret. */
  credentialFor: z.string().optional(),
  /** Written by older versions, which did not note the place. */
  hasCredential: z.boolean().optional(),
  /** Pages of other sites may change it. */
  allowsCrossSite: z.boolean().optional(),
});
export type LocalOptions = z.infer<typeof localOptionsSchema>;

/** One change of the route, for the question why. */
export interface RouteChange {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly route?: Route;
  readonly reason: RouteReason;
}

/** What else there is to say about a local address. */
export interface LocalDetails {
  /** The last changes of its route, oldest first, at most 20. */
  readonly changes: readonly RouteChange[];
  readonly ownPort?:
    | { readonly kind: 'listening'; readonly url: string }
    | { readonly kind: 'failed'; readonly error: AppError };
  readonly headers: {
    /** What the person chose, `auto` where nothing. */
    readonly chosen: 'auto' | PresetId;
    /** What that means now. */
    readonly preset: PresetId;
    readonly rules: readonly HeaderRule[];
  };
  readonly hasCredential: boolean;
  /** Pages of other sites may change it and open its WebSockets. */
  readonly allowsCrossSite: boolean;
  readonly keepsBodies: boolean;
  /** The name that it would have if another service had not taken it. */
  readonly clash?: string;
}
