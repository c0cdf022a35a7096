import { describe, expect, it } from 'vitest';
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import { mergeExchanges, mostShown } from './merge-exchanges.ts';

const make = (id: string, part: Partial<ExchangeSummary> = {}): ExchangeSummary => ({
  id,
  serviceId: 'a:1',
  revision: 1,
  startedAt: Number(id),
  kind: 'http',
  method: 'GET',
  path: '/',
  state: 'done',
  sentAgain: false,
  bytesUp: 0,
  bytesDown: 0,
  timing: {},
  ...part,
});
const ids = (list: readonly ExchangeSummary[]) => list.map(({ id }) => id);

describe('the list of requests', () => {
  it('has the newest first, whatever order they came in', () => {
    expect(ids(mergeExchanges([make('3'), make('1')], [make('2'), make('4')]))).toEqual(['4', '3', '2', '1']);
  });

  it('replaces what changed and keeps the rest the same object', () => {
    const shown = [make('2', { state: 'open' }), make('1')];
    const merged = mergeExchanges(shown, [make('2', { state: 'done', status: 200 })]);
    expect(merged[0]).toMatchObject({ state: 'done', status: 200 });
    expect(merged[1]).toBe(shown[1]);
  });

  it('is the same list when nothing changed', () => {
    const shown = [make('1')];
    expect(mergeExchanges(shown, [])).toBe(shown);
  });

  it('is bounded', () => {
    const many = Array.from({ length: mostShown + 50 }, (_, index) => make(String(index)));
    const merged = mergeExchanges([], many);
    expect(merged).toHaveLength(mostShown);
    expect(merged[0]?.id).toBe(String(mostShown + 49));
  });
});
