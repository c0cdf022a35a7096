import { describe, expect, it } from 'vitest';
import type { SpeedRow } from '../model/llm.ts';
import { findingsOf, rowOf, speedTable, timingOf } from './speed.ts';

const at = (...times: readonly number[]) => times.map((time) => ({ at: time }));

describe('the timing of one answer', () => {
  it('counts the tokens after the first one over the time that they took', () => {
    const pieces = at(200, 220, 240, 300);
    const usage = { prompt: 9, completion: 4 };
    expect(timingOf({ pieces, totalMs: 310, chunks: 4, usage })).toEqual({
      firstTokenMs: 200,
      totalMs: 310,
      tokens: { prompt: 9, completion: 4, isExact: true },
      tokensPerSecond: 30,
      gaps: { p50: 20, p99: 60 },
      chunks: 4,
      events: 4,
    });
  });

  it('takes each piece for a token where the server does not tell', () => {
    expect(timingOf({ pieces: at(10, 20), totalMs: 30, chunks: 2 })).toMatchObject({
      tokens: { prompt: 0, completion: 2, isExact: false },
      tokensPerSecond: 100,
    });
  });

  it('has no rate where everything came in one moment, and is none without a piece', () => {
    expect(timingOf({ pieces: at(10, 10), totalMs: 10, chunks: 1 })?.tokensPerSecond).toBeUndefined();
    expect(timingOf({ pieces: at(10), totalMs: 10, chunks: 1 })?.gaps).toEqual({ p50: 0, p99: 0 });
    expect(timingOf({ pieces: [], totalMs: 10, chunks: 0 })).toBeUndefined();
  });
});

const row = (part: Partial<SpeedRow> = {}): SpeedRow => ({
  route: 'public',
  promptTokens: 100,
  parallel: 1,
  done: 3,
  failed: 0,
  firstTokenMs: 200,
  tokensPerSecond: 50,
  gapP50: 20,
  gapP99: 30,
  chunks: 40,
  tokens: 40,
  ...part,
});

describe('the row of one round', () => {
  it('has the medians of what was answered, and the rate of all together', () => {
    const timings = [1, 2, 30].map((factor) => {
      const timing = timingOf({ pieces: at(100 * factor, 120 * factor), totalMs: 1, chunks: 2 });
      if (timing === undefined) throw new Error('no timing');
      return timing;
    });
    const round = { route: 'tunnel', promptTokens: 5, parallel: 2, wallMs: 500 } as const;
    expect(rowOf({ ...round, timings, errors: [{ code: 'llm_silent' }] })).toMatchObject({
      done: 3,
      failed: 1,
      error: { code: 'llm_silent' },
      firstTokenMs: 200,
      gapP50: 40,
      tokens: 2,
      totalTokensPerSecond: 12,
    });
    expect(rowOf({ ...round, timings: [], errors: [] })).toMatchObject({ done: 0, firstTokenMs: undefined });
  });
});

describe('what the rows mean together', () => {
  const tunnel = row({ route: 'tunnel' });
  const atOnce = { chunks: 2, gapP50: 0, tokensPerSecond: undefined };
  it.each<readonly [string, SpeedRow, readonly object[]]>([
    ['equal routes', row(), [{ code: 'routes_equal' }]],
    [
      'a first token that comes as little later as nobody notices',
      row({ firstTokenMs: 230 }),
      [{ code: 'routes_equal' }],
    ],
    ['one that comes a fifth later and no more', row({ firstTokenMs: 240 }), [{ code: 'routes_equal' }]],
    [
      'one that comes later',
      row({ firstTokenMs: 241 }),
      [{ code: 'first_token_later', route: 'public', ms: 41 }],
    ],
    ['a route that keeps answers back', row(atOnce), [{ code: 'route_buffers', route: 'public' }]],
    ['few tokens that come at once', row({ ...atOnce, tokens: 7 }), [{ code: 'routes_equal' }]],
    [
      'a route that fails',
      row({ done: 0, firstTokenMs: undefined }),
      [{ code: 'route_fails', route: 'public' }],
    ],
  ])('of %s', (_what, mapping, findings) => {
    expect(findingsOf([mapping, tunnel])).toEqual(findings);
  });

  it('is nothing of a difference that nobody notices, however large beside the time itself', () => {
    const rows = (ms: number) => [row({ firstTokenMs: ms }), row({ route: 'tunnel', firstTokenMs: 10 })];
    expect(findingsOf(rows(40))).toEqual([{ code: 'routes_equal' }]);
    expect(findingsOf(rows(41))).toEqual([{ code: 'first_token_later', route: 'public', ms: 31 }]);
  });

  it('is nothing of buffering where both keep back: the server may be that quick', () => {
    expect(findingsOf([row(atOnce), row({ ...atOnce, route: 'tunnel' })])).toEqual([
      { code: 'routes_equal' },
    ]);
  });
});

describe('the table for a spreadsheet', () => {
  it('has a line for each row, empty where nothing was measured', () => {
    const rows = [row({ firstTokenMs: undefined, gapP50: 1.005 })];
    const [head, line, rest] = speedTable({ serviceId: 'c:1', model: 'm', at: 0, findings: [], rows }).split(
      '\n',
    );
    expect(head?.split('\t').slice(0, 6)).toEqual([
      'route',
      'promptTokens',
      'parallel',
      'done',
      'failed',
      'firstTokenMs',
    ]);
    expect(line).toBe('public\t100\t1\t3\t0\t\t50\t\t1\t30\t40\t40');
    expect(rest).toBe('');
  });
});
