import type { ExchangeSummary } from '../../../shared/model/exchange.ts';

/** More than anybody scrolls through; the engine keeps as many for each service. */
export const mostShown = 500;

/** Puts what changed into what is shown, newest first; what is shown and did not change stays the same object. Pure. */
export function mergeExchanges(
  shown: readonly ExchangeSummary[],
  changed: readonly ExchangeSummary[],
): readonly ExchangeSummary[] {
  if (changed.length === 0) return shown;
  const fresh = new Map(changed.map((exchange) => [exchange.id, exchange]));
  const kept = shown.map((exchange) => {
    const newer = fresh.get(exchange.id);
    if (newer === undefined) return exchange;
    fresh.delete(exchange.id);
    return newer;
  });
  return [...fresh.values(), ...kept].sort((a, b) => b.startedAt - a.startedAt).slice(0, mostShown);
}
