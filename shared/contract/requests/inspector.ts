import { z } from 'zod';
import type { Exchange, ExchangeSummary, ReplayAnswer } from '../../model/exchange.ts';
import type { Removed } from '../../model/removed.ts';
import { engine, exchangeFilter } from './kinds.ts';

const exchangeId = z.strictObject({ id: z.string().max(50) });

export const inspectorRequests = {
  /** Exchanges newest first; with `after` only those that changed since that revision. */
  'inspector.list': engine<{
    readonly exchanges: readonly ExchangeSummary[];
    readonly revision: number;
  }>()(
    exchangeFilter.extend({
      after: z.int().min(0).optional(),
      limit: z.int().min(1).max(5_000).optional(),
    }),
  ),
  /** `exchange_not_found` when it is no longer remembered. */
  'inspector.get': engine<Exchange>()(exchangeId),
  'inspector.clear': engine<Removed>()(z.strictObject({ serviceId: z.string().max(200).optional() })),
  'inspector.curl': engine<{ command: string }>()(exchangeId),
  /** As HAR 1.2; the shell writes it to a file (`shell.exportHar`). */
  'inspector.har': engine<{ text: string; count: number }>()(
    exchangeFilter.extend({ version: z.string().max(50) }),
  ),
  /** `replay_unconfirmed` until `confirmed` for methods that may change something; `replay_body_unknown`, `replay_socket`. */
  'inspector.replay': engine<{ readonly answers: readonly ReplayAnswer[] }>()(
    z.strictObject({
      id: z.string().max(50),
      routes: z.enum(['same', 'both']),
      confirmed: z.boolean(),
    }),
  ),
} as const;
