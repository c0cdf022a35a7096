import type {
  ComparisonStage,
  Measured,
  MeasuredRoute,
  MissingReason,
} from '../../../shared/model/comparison-record.ts';
import type { Facts, Protocol } from '../../../shared/model/service.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { failureOf } from '../../../shared/verdicts/index.ts';
import type { Clock } from '../base/effects.ts';
import { type PublicTarget, probePublic, probeTunnel } from '../health/index.ts';
import type { Allowance } from './allowance.ts';
import { askOnce, isFailure } from './ask-once.ts';
import { measureBody } from './body-limit.ts';
import { measureLong } from './long-call.ts';
import { routeOfRounds } from './rounds.ts';
import { measureSocket } from './socket-echo.ts';
import { measureStream } from './stream.ts';
import { measureDown, measureUp } from './transfer.ts';
import type { TriedRoute } from './tried-route.ts';
import { filesOf, readWork, socketOf, type Work, workPath } from './work.ts';

interface MeasureOptions {
  readonly public?: PublicTarget;
  readonly tunnel?: { readonly host: string; readonly port: number };
  readonly protocol: Protocol;
  readonly kindName?: string;
  readonly allowance: Allowance;
  readonly limits: ComparisonLimits;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress: (stage: ComparisonStage, done: number) => void;
}

/** What one comparison may take at most. */
export interface ComparisonLimits {
  readonly rounds: number;
  /** For all rounds together, in milliseconds. */
  readonly roundsMs: number;
  /** The long request: what takes longer on a real gateway than this is not found. */
  readonly longMs: number;
  readonly bodyBytes: number;
}

/** About half a minute. */
export const usualLimits: ComparisonLimits = {
  rounds: 40,
  roundsMs: 15_000,
  longMs: 20_000,
  bodyBytes: 8 * 1024 * 1024,
};
/** Two and a half minutes: finds the limits of 60, 100 and 120 s that gateways have. */
export const thoroughLimits: ComparisonLimits = {
  rounds: 120,
  roundsMs: 60_000,
  longMs: 130_000,
  bodyBytes: 8 * 1024 * 1024,
};

/** Fewer tell nothing of a spread. */
const leastRounds = 6;
/** So many failures from the beginning, and none that worked: the route is down, not unsteady. */
const hopelessAfter = 5;

/**
 * Measures both routes on the same work, in alternation, so that both see the same minutes. Only reads, or sends bytes
 * to where the service itself says that nothing is kept. Only `cancelled` fails; what a route cannot do is a result.
 */
export async function measureRoutes(options: MeasureOptions): Promise<Result<Measured>> {
  const { clock, signal, limits, onProgress } = options;
  const startedAt = clock.now();
  const isHttp = options.protocol !== 'tcp';
  const tunnelTarget =
    options.tunnel === undefined
      ? undefined
      : { url: `http://${options.tunnel.host}:${options.tunnel.port}` };

  onProgress('look', 0);
  const found = isHttp
    ? await findWork([tunnelTarget, options.public], options)
    : { source: 'none' as const };
  if (signal.aborted) return fail('cancelled');

  onProgress('rounds', 0.05);
  const facts = await runRounds(options, (share) => onProgress('rounds', 0.05 + 0.4 * share));
  if (signal.aborted) return fail('cancelled');

  const routes = {
    public: routeOfRounds(facts.public, whyMissing(options.public, facts.public, isHttp)),
    tunnel: routeOfRounds(facts.tunnel, whyMissing(tunnelTarget, facts.tunnel, isHttp)),
  };
  if (isHttp) {
    const tried = {
      public: laneOf(options.public, routes.public, options),
      tunnel: laneOf(tunnelTarget, routes.tunnel, options),
    };
    const work: Work & { readonly files?: readonly string[] } = found.work ?? {};
    const both = async <K extends keyof MeasuredRoute>(
      key: K,
      measure: (route: TriedRoute) => Promise<MeasuredRoute[K]>,
    ) => {
      for (const name of ['public', 'tunnel'] as const) {
        const route = tried[name];
        if (route !== undefined && !signal.aborted)
          routes[name] = { ...routes[name], [key]: await measure(route) };
      }
    };
    // Waiting is no load: the long request of both routes goes on beside everything else.
    const long = Promise.all(
      (['public', 'tunnel'] as const).map(async (name) => {
        const route = tried[name];
        return route === undefined ? undefined : await measureLong(route, work.slow, limits.longMs);
      }),
    );
    onProgress('stream', 0.45);
    await both('stream', (route) => measureStream(route, work.events));
    onProgress('socket', 0.52);
    await both('socket', (route) =>
      measureSocket(route, work.webSocket ?? socketOf(options.kindName), clock),
    );
    onProgress('down', 0.6);
    await both('down', (route) =>
      measureDown(route, work.download === undefined ? (work.files ?? []) : [work.download]),
    );
    onProgress('up', 0.7);
    await both('up', (route) => measureUp(route, work.upload));
    onProgress('body', 0.8);
    await both('body', (route) => measureBody(route, work.upload, limits.bodyBytes));
    onProgress('long', 0.9);
    const [publicLong, tunnelLong] = await long;
    if (publicLong !== undefined) routes.public = { ...routes.public, long: publicLong };
    if (tunnelLong !== undefined) routes.tunnel = { ...routes.tunnel, long: tunnelLong };
    if (signal.aborted) return fail('cancelled');
  }
  onProgress('long', 1);
  return ok({
    startedAt,
    tookMs: clock.now() - startedAt,
    bytes: options.allowance.taken(),
    beside: options.allowance.beside(),
    work: found.source,
    ...routes,
  });
}

/** What a service offers is taken before what its page has; asked where an answer comes first. */
async function findWork(
  targets: readonly (PublicTarget | undefined)[],
  { signal, allowance }: MeasureOptions,
): Promise<{
  readonly source: Measured['work'];
  readonly work?: Work & { readonly files?: readonly string[] };
}> {
  for (const target of targets) {
    if (target === undefined) continue;
    const ask = (path: string) => askOnce(target, { path, timeoutMs: 5_000, mostBytes: 64 * 1024, signal });
    const offered = await ask(workPath);
    if (isFailure(offered)) continue;
    const work = offered.status === 200 ? readWork(offered.text) : undefined;
    if (work !== undefined) return { source: 'offered', work };
    const page = await ask('/');
    if (isFailure(page)) continue;
    await allowance.take(page.bytesDown, signal);
    const files = page.status === 200 ? filesOf(page.text) : [];
    if (files.length > 0) return { source: 'page', work: { files } };
    return page.status === 200 && page.bytesDown > 4_096
      ? { source: 'page', work: { files: ['/'] } }
      : { source: 'none' };
  }
  return { source: 'none' };
}

async function runRounds(options: MeasureOptions, onShare: (share: number) => void) {
  const { clock, signal, limits, protocol, allowance } = options;
  const seen: { readonly public: Facts[]; readonly tunnel: Facts[] } = { public: [], tunnel: [] };
  const begun = clock.now();
  const how = { now: clock.now, signal };
  const ask = {
    public: async () => {
      if (options.public !== undefined) seen.public.push(await probePublic(options.public, how));
    },
    tunnel: async () => {
      if (options.tunnel !== undefined)
        seen.tunnel.push(await probeTunnel({ ...options.tunnel, protocol }, how));
    },
  };
  for (let round = 0; round < limits.rounds; round += 1) {
    const spent = clock.now() - begun;
    if (spent > limits.roundsMs && round >= leastRounds) break;
    // Who goes first changes: the second of two finds caches warm.
    const order = round % 2 === 0 ? (['public', 'tunnel'] as const) : (['tunnel', 'public'] as const);
    for (const name of order) {
      if (isHopeless(seen[name])) continue;
      await allowance.take(roundBytes, signal);
      await ask[name]();
      if (signal.aborted) return seen;
    }
    onShare(Math.max((round + 1) / limits.rounds, Math.min(1, spent / limits.roundsMs)));
  }
  return seen;
}

/** A page is read to 64 KiB at most; most are far smaller. */
const roundBytes = 8 * 1024;

const isHopeless = (facts: readonly Facts[]): boolean =>
  facts.length >= hopelessAfter && facts.every((one) => failureOf(one) !== undefined);

function whyMissing(target: object | undefined, facts: readonly Facts[], isHttp: boolean): MissingReason {
  if (target === undefined) return 'route_absent';
  if (!facts.some((one) => failureOf(one) === undefined)) return 'route_down';
  return isHttp ? 'no_work' : 'not_http';
}

const laneOf = (
  target: PublicTarget | undefined,
  route: MeasuredRoute,
  { allowance, signal }: MeasureOptions,
): TriedRoute | undefined =>
  target === undefined || route.answered === 0 ? undefined : { target, allowance, signal };
