import { z } from 'zod';
import type { AppError } from '../result.ts';

/** A model that a server offers. */
export interface LanguageModel {
  readonly id: string;
  /** Tokens that fit into prompt and answer together, where the server tells. */
  readonly contextLength?: number;
  readonly owner?: string;
}

export const llmRouteSchema = z.enum(['local', 'public', 'tunnel']);
/** How a model is reached: by the stable local address, or by one route. */
export type LlmRoute = z.infer<typeof llmRouteSchema>;

export const chatMessageSchema = z.strictObject({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string().max(400_000),
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

export interface TokenCounts {
  readonly prompt: number;
  readonly completion: number;
  /** Told by the server; else each piece of the answer counts as one token. */
  readonly isExact: boolean;
}

/** One answer as it comes. Times in milliseconds. */
export interface Chat {
  readonly id: string;
  readonly serviceId: string;
  readonly model: string;
  /** As the model wrote it: Markdown, not yet made safe. */
  readonly text: string;
  /** What it thought before it answered, where the server tells. */
  readonly reasoning?: string;
  readonly state:
    | { readonly kind: 'waiting'; readonly since: number }
    | { readonly kind: 'streaming'; readonly since: number }
    | { readonly kind: 'done'; readonly reason: string }
    | { readonly kind: 'stopped' }
    | { readonly kind: 'failed'; readonly error: AppError };
  readonly tokens?: TokenCounts;
  readonly firstTokenMs?: number;
  readonly tokensPerSecond?: number;
}

/** What one request showed. Times in milliseconds from the moment it was sent. */
export interface Timing {
  readonly firstTokenMs: number;
  readonly totalMs: number;
  readonly tokens: TokenCounts;
  /** Tokens after the first, over the time from the first to the last; absent where all came at once. */
  readonly tokensPerSecond?: number;
  readonly gaps: { readonly p50: number; readonly p99: number };
  /** Pieces in which the answer came over the network, and events in it. */
  readonly chunks: number;
  readonly events: number;
}

/** Several requests of one kind over one route: medians. */
export interface SpeedRow {
  readonly route: LlmRoute;
  /** About so many tokens were in the prompt. */
  readonly promptTokens: number;
  /** Requests side by side. */
  readonly parallel: number;
  readonly done: number;
  readonly failed: number;
  readonly error?: AppError;
  readonly firstTokenMs?: number;
  /** Of one request. */
  readonly tokensPerSecond?: number;
  /** Of all requests together, from the first sent to the last done. */
  readonly totalTokensPerSecond?: number;
  readonly gapP50?: number;
  readonly gapP99?: number;
  readonly chunks?: number;
  readonly tokens?: number;
}

export type SpeedFinding =
  /** All tokens of an answer came at once over this route, one by one over the other. */
  | { readonly code: 'route_buffers'; readonly route: LlmRoute }
  /** One route's first token comes later by so many milliseconds. */
  | { readonly code: 'first_token_later'; readonly route: LlmRoute; readonly ms: number }
  /** Requests failed over one route only. */
  | { readonly code: 'route_fails'; readonly route: LlmRoute }
  | { readonly code: 'routes_equal' };

export interface SpeedReport {
  readonly serviceId: string;
  readonly model: string;
  readonly at: number;
  readonly rows: readonly SpeedRow[];
  readonly findings: readonly SpeedFinding[];
}

/** A measurement under way. */
export type SpeedState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly serviceId: string;
      readonly done: number;
      readonly of: number;
      readonly rows: readonly SpeedRow[];
    }
  | { readonly kind: 'done'; readonly report: SpeedReport };

export const speedPlanSchema = z.strictObject({
  serviceId: z.string().min(1).max(200),
  model: z.string().min(1).max(500),
  routes: z.array(llmRouteSchema).min(1).max(3),
  /** Lengths of prompts, in tokens. */
  promptTokens: z.array(z.int().min(1).max(100_000)).min(1).max(6),
  parallel: z.array(z.int().min(1).max(32)).min(1).max(6),
  /** Tokens that each answer may have. */
  answerTokens: z.int().min(2).max(2_000),
});
export type SpeedPlan = z.infer<typeof speedPlanSchema>;
