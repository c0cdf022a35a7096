import { z } from 'zod';
import { errorCodes } from '../errors.ts';
import type { AppError } from '../result.ts';
import { stepNames } from './service.ts';

/** Times in milliseconds of something that was asked several times. */
const spreadSchema = z.strictObject({
  p50: z.number(),
  p95: z.number(),
  p99: z.number(),
  /** How many times went into it. */
  count: z.int(),
});
export type Spread = z.infer<typeof spreadSchema>;

/** Why something was not measured on a route. */
export const missingReasons = [
  /** This service has no such route. */
  'route_absent',
  'route_down',
  /** Nothing on this service is known to be harmless and fit for this measurement. */
  'no_work',
  /** Raw TCP has no such thing. */
  'not_http',
  /** Somebody uses the container's tunnels: the comparison takes at most a twentieth of what they move. */
  'tunnel_busy',
  /** The comparison's own limit of bytes or time was reached. */
  'limit_reached',
  'failed',
] as const;
export type MissingReason = (typeof missingReasons)[number];
const missing = z.strictObject({ kind: z.literal('missing'), why: z.enum(missingReasons) });

const transfer = z.strictObject({
  kind: z.literal('measured'),
  bytesPerSecond: z.number(),
  bytes: z.number(),
  ms: z.number(),
});

/** What the comparison found on one route. */
const measuredRouteSchema = z.strictObject({
  /** Questions asked in the rounds, and how many of them were answered by the service. */
  attempts: z.int(),
  answered: z.int(),
  /** The reason of the last one that was not. */
  lastError: z.enum(errorCodes).optional(),
  /** Connection set-up in its parts, each where it happened. */
  steps: z.partialRecord(z.enum(stepNames), spreadSchema),
  connectMs: spreadSchema.optional(),
  /** From the question to the first byte of the answer, on a connection that stands. */
  waitMs: spreadSchema.optional(),
  /** From nothing to the first byte. */
  firstByteMs: spreadSchema.optional(),
  totalMs: spreadSchema.optional(),
  /** Mean change between two first bytes in a row. */
  jitterMs: z.number().optional(),
  /** First byte of each round in its order; null where none came. */
  rounds: z.array(z.number().nullable()),
  down: z.discriminatedUnion('kind', [transfer, missing]),
  up: z.discriminatedUnion('kind', [transfer, missing]),
  socket: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('measured'), ms: spreadSchema }),
    z.strictObject({ kind: z.literal('refused'), status: z.int().optional() }),
    missing,
  ]),
  stream: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('measured'),
      chunks: z.int(),
      firstMs: z.number(),
      lastMs: z.number(),
      /** Everything came at the end: the route gathers before it passes on. */
      buffered: z.boolean(),
    }),
    missing,
  ]),
  long: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('passed'), ms: z.number() }),
    z.strictObject({ kind: z.literal('cut'), ms: z.number(), status: z.int().optional() }),
    missing,
  ]),
  body: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('passed'), bytes: z.number() }),
    /** The largest body that passed is at least `bytes` and less than a tenth more. */
    z.strictObject({ kind: z.literal('limited'), bytes: z.number() }),
    missing,
  ]),
});
export type MeasuredRoute = z.infer<typeof measuredRouteSchema>;

/** Where the comparison found work that it may do: the service said so, its page has files, or nowhere. */
const measuredSchema = z.strictObject({
  startedAt: z.number(),
  tookMs: z.number(),
  /** Bytes moved over both routes. */
  bytes: z.number(),
  /** What others moved through this container's tunnels meanwhile, and what the comparison took beside them, in bytes. */
  beside: z.strictObject({ others: z.number(), taken: z.number() }).optional(),
  work: z.enum(['offered', 'page', 'none']),
  public: measuredRouteSchema,
  tunnel: measuredRouteSchema,
});
export type Measured = z.infer<typeof measuredSchema>;

/** What follows from the numbers; each code has a sentence in the catalogues. */
export const adviceCodes = [
  'nothing_works',
  'tunnel_only',
  'public_only',
  'tunnel_for_tcp',
  'tunnel_for_streams',
  'tunnel_for_sockets',
  'tunnel_for_long_calls',
  'tunnel_for_uploads',
  'tunnel_is_steadier',
  'public_is_steadier',
  'tunnel_is_faster',
  'public_is_faster',
  'tunnel_moves_more',
  'public_moves_more',
  'tunnel_uploads_more',
  'public_uploads_more',
  'about_the_same',
  'public_for_sharing',
  'tunnel_keeps_private',
] as const;
export type AdviceCode = (typeof adviceCodes)[number];
const adviceSchema = z.strictObject({
  code: z.enum(adviceCodes),
  /** Values that the sentence names. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type Advice = z.infer<typeof adviceSchema>;

/** One result of a comparison as it is kept. It holds no address and no secret. */
export const comparisonRecordSchema = z.strictObject({
  id: z.string().min(1),
  serviceId: z.string().min(1),
  serviceName: z.string(),
  kindName: z.string().optional(),
  at: z.number(),
  measured: measuredSchema,
  advice: z.array(adviceSchema),
});
export type ComparisonRecord = z.infer<typeof comparisonRecordSchema>;

/** What the comparison does one after the other. */
export const comparisonStages = ['look', 'rounds', 'stream', 'socket', 'down', 'up', 'body', 'long'] as const;
export type ComparisonStage = (typeof comparisonStages)[number];

/** A service that was to be measured with others and could not be. */
export interface ComparisonFailure {
  readonly serviceId: string;
  readonly error: AppError;
}

/** Published while the comparison works; `failed` are those of the present or the last order that were not measured. */
export type ComparisonState =
  | { readonly kind: 'idle'; readonly failed?: readonly ComparisonFailure[] }
  | {
      readonly kind: 'running';
      readonly serviceId: string;
      readonly stage: ComparisonStage;
      /** From 0 to 1, of this service. */
      readonly done: number;
      readonly startedAt: number;
      /** Services that are still to come. */
      readonly waiting: readonly string[];
      readonly failed?: readonly ComparisonFailure[];
    };
