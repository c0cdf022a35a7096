import { percentile } from '../comparison/spread.ts';
import type { LlmRoute, SpeedFinding, SpeedReport, SpeedRow, Timing, TokenCounts } from '../model/llm.ts';
import type { AppError } from '../result.ts';
import type { ToldUsage } from './read-answer.ts';

/** A piece of an answer that held text: when it came, in milliseconds from the request. */
export interface TimedToken {
  readonly at: number;
}

/** What the pieces of one answer show. `undefined` without any. Pure. */
export function timingOf(answer: {
  readonly pieces: readonly TimedToken[];
  readonly totalMs: number;
  readonly chunks: number;
  readonly usage?: ToldUsage;
}): Timing | undefined {
  const { pieces, usage } = answer;
  const first = pieces[0];
  const last = pieces.at(-1);
  if (first === undefined || last === undefined) return undefined;
  // Some servers count nothing in what they stream, and say 0 of an answer that was there.
  const told = usage?.completion === 0 ? undefined : usage?.completion;
  const tokens: TokenCounts = {
    prompt: usage?.prompt ?? 0,
    completion: told ?? pieces.length,
    isExact: told !== undefined && usage?.prompt !== undefined,
  };
  const gaps = pieces.slice(1).map((piece, index) => piece.at - (pieces[index]?.at ?? piece.at));
  const spanMs = last.at - first.at;
  return {
    firstTokenMs: first.at,
    totalMs: answer.totalMs,
    tokens,
    // The first piece may hold several tokens; with as many pieces as tokens it holds one.
    tokensPerSecond:
      spanMs > 0 && tokens.completion > 1 ? ((tokens.completion - 1) / spanMs) * 1000 : undefined,
    gaps: { p50: percentile(gaps, 0.5) ?? 0, p99: percentile(gaps, 0.99) ?? 0 },
    chunks: answer.chunks,
    events: pieces.length,
  };
}

/** Medians over the requests of one round. Pure. */
export function rowOf(round: {
  readonly route: LlmRoute;
  readonly promptTokens: number;
  readonly parallel: number;
  readonly timings: readonly Timing[];
  readonly errors: readonly AppError[];
  /** From the first request to the end of the last, in milliseconds. */
  readonly wallMs: number;
}): SpeedRow {
  const { timings, errors } = round;
  const median = (pick: (timing: Timing) => number | undefined): number | undefined =>
    percentile(
      timings.flatMap((timing) => pick(timing) ?? []),
      0.5,
    );
  const all = timings.reduce((sum, timing) => sum + timing.tokens.completion, 0);
  return {
    route: round.route,
    promptTokens: round.promptTokens,
    parallel: round.parallel,
    done: timings.length,
    failed: errors.length,
    error: errors[0],
    firstTokenMs: median((timing) => timing.firstTokenMs),
    tokensPerSecond: median((timing) => timing.tokensPerSecond),
    totalTokensPerSecond: timings.length > 0 && round.wallMs > 0 ? (all / round.wallMs) * 1000 : undefined,
    gapP50: median((timing) => timing.gaps.p50),
    gapP99: median((timing) => timing.gaps.p99),
    chunks: median((timing) => timing.chunks),
    tokens: median((timing) => timing.tokens.completion),
  };
}

/** With fewer tokens, coming at once is no sign. */
const fewTokens = 8;

/** Many tokens in hardly any pieces, or within no time: somebody on the way kept them back. */
const cameAtOnce = (row: SpeedRow): boolean =>
  row.tokens !== undefined &&
  row.tokens >= fewTokens &&
  row.gapP50 !== undefined &&
  ((row.chunks !== undefined && row.chunks <= Math.max(2, row.tokens / 8)) || row.gapP50 < 0.2) &&
  (row.tokensPerSecond === undefined || row.tokensPerSecond > 2_000);

/** What the rows of several routes mean together, for the same prompt and the same number of requests. Pure. */
export function findingsOf(rows: readonly SpeedRow[]): readonly SpeedFinding[] {
  const routes = [...new Set(rows.map((row) => row.route))];
  const of = (route: LlmRoute) => rows.filter((row) => row.route === route);
  const findings: SpeedFinding[] = [];
  const streams = routes.filter((route) => of(route).some((row) => row.done > 0 && !cameAtOnce(row)));
  for (const route of routes) {
    const done = of(route).filter((row) => row.done > 0);
    if (done.length > 0 && done.every(cameAtOnce) && streams.length > 0)
      findings.push({ code: 'route_buffers', route });
    if (done.length === 0 && routes.some((other) => of(other).some((row) => row.done > 0)))
      findings.push({ code: 'route_fails', route });
  }
  const [first, second] = ['public', 'tunnel'].map((name) => of(name as LlmRoute)[0]?.firstTokenMs);
  if (findings.length === 0 && first !== undefined && second !== undefined) {
    const later = Math.abs(first - second);
    // Less than a fifth, or than what a person notices, is noise.
    if (later > 30 && later > 0.2 * Math.min(first, second))
      findings.push({
        code: 'first_token_later',
        route: first > second ? 'public' : 'tunnel',
        ms: Math.round(later),
      });
    else findings.push({ code: 'routes_equal' });
  }
  return findings;
}

/** A report as a table for a spreadsheet: tab-separated, numbers with a point. */
export function speedTable(report: SpeedReport): string {
  const columns = [
    'route',
    'promptTokens',
    'parallel',
    'done',
    'failed',
    'firstTokenMs',
    'tokensPerSecond',
    'totalTokensPerSecond',
    'gapP50',
    'gapP99',
    'chunks',
    'tokens',
  ] as const;
  const cell = (value: string | number | undefined) =>
    value === undefined ? '' : typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;
  const rows = report.rows.map((row) => columns.map((column) => cell(row[column])).join('\t'));
  return `${[columns.join('\t'), ...rows].join('\n')}\n`;
}
