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
  hasCredential: z.boolean().optional(),
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
  readonly keepsBodies: boolean;
  /** The name that it would have if another service had not taken it. */
  readonly clash?: string;
}
