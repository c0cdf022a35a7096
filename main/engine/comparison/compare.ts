import { adviceOf, measureOf } from '../../../shared/comparison/index.ts';
import type { Comparison, RouteMeasure } from '../../../shared/model/comparison.ts';
import type { Facts, Protocol, RouteHealth } from '../../../shared/model/service.ts';
import { type AppError, fail, ok, type Result } from '../../../shared/result.ts';
import { type FindingFacts, findings } from '../../../shared/verdicts/index.ts';
import type { Clock } from '../base/effects.ts';
import { type PublicTarget, probePublic, probeTunnel } from '../health/index.ts';
import { routeOfRounds } from './rounds.ts';

interface CompareOptions {
  readonly serviceId: string;
  /** Where the route is, or why there is none. */
  readonly public: PublicTarget | AppError;
  readonly tunnel: { readonly host: string; readonly port: number } | AppError;
  readonly protocol: Protocol;
  readonly context: Omit<FindingFacts, 'public' | 'tunnel'>;
  /** When the public route last answered, where that is known. */
  readonly lastUpAt?: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly rounds?: number;
}

const usualRounds = 5;

/**
 * Asks both routes the same, several times, in alternation, each time over a fresh connection: both see the same
 * moments of the same service. Only `cancelled` fails; a route that cannot be reached is a result.
 */
export async function compare(options: CompareOptions): Promise<Result<Omit<Comparison, 'rows'>>> {
  const { clock, signal } = options;
  const now = clock.now;
  const routes = {
    public: 'url' in options.public ? options.public : undefined,
    tunnel: 'host' in options.tunnel ? { ...options.tunnel, protocol: options.protocol } : undefined,
  };
  const seen: { readonly public: Facts[]; readonly tunnel: Facts[] } = { public: [], tunnel: [] };
  for (let round = 0; round < (options.rounds ?? usualRounds); round += 1) {
    if (routes.public !== undefined && !isHopeless(seen.public))
      seen.public.push(await probePublic(routes.public, { now, signal }));
    if (routes.tunnel !== undefined && !isHopeless(seen.tunnel))
      seen.tunnel.push(await probeTunnel(routes.tunnel, { now, signal }));
    if (signal.aborted) return fail('cancelled');
  }
  const measures = {
    public: measure(seen.public, options.public),
    tunnel: measure(seen.tunnel, options.tunnel),
  };
  return ok({
    serviceId: options.serviceId,
    at: now(),
    ...measures,
    advice: adviceOf({
      public: routeOfRounds(seen.public, 'route_absent'),
      tunnel: routeOfRounds(seen.tunnel, 'route_absent'),
      isTcp: options.protocol === 'tcp',
    }),
    findings: findings({
      ...options.context,
      public: healthOf(measures.public, options.lastUpAt),
      tunnel: healthOf(measures.tunnel),
    }),
  });
}

/** Two failures in the first two rounds: more of them would only make the person wait. */
const isHopeless = (facts: readonly Facts[]): boolean =>
  facts.length >= 2 && measureOf(facts)?.kind === 'failed' && measureOf(facts.slice(0, 1))?.kind === 'failed';

function measure(facts: readonly Facts[], route: object): RouteMeasure {
  const measured = measureOf(facts);
  if (measured !== undefined) return measured;
  return { kind: 'absent', error: 'code' in route ? (route as AppError) : { code: 'public_absent' } };
}

function healthOf(measured: RouteMeasure, lastUpAt?: number): RouteHealth {
  switch (measured.kind) {
    case 'absent':
      return { state: 'absent' };
    case 'failed':
      return {
        state: 'down',
        since: measured.facts.at,
        lastUpAt,
        error: measured.error,
        facts: measured.facts,
        recentMs: [],
      };
    case 'reached':
      return { state: 'up', verifiedAt: measured.facts.at, facts: measured.facts, recentMs: [] };
  }
}
