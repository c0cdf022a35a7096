import { useEffect, useState } from 'react';

/** What a person chose and is not kept yet. */
interface Hope<T> {
  readonly wanted: T;
  /** What was kept when they chose. */
  readonly before: T;
}

/** What to show: the choice, until what is kept has moved. Pure. */
export const shownOf = <T>(kept: T, hope: Hope<T> | undefined): T =>
  hope !== undefined && Object.is(hope.before, kept) ? hope.wanted : kept;

/** A good answer is followed by the news of it; where none comes after this long, in ms, the choice changed nothing. */
const newsMs = 2_000;

/**
 * A choice that shows at once. When its order fails it goes back to what is kept, where everybody sees it; why, is for
 * the order's own error to say.
 */
export function useHoped<T>(
  kept: T,
): readonly [shown: T, choose: (wanted: T, order: Promise<{ readonly ok: boolean }>) => void] {
  const [hope, setHope] = useState<Hope<T> & { readonly isAnswered?: boolean }>();

  useEffect(() => {
    if (hope?.isAnswered !== true) return;
    const timer = window.setTimeout(() => setHope(undefined), newsMs);
    return () => window.clearTimeout(timer);
  }, [hope]);

  const choose = (wanted: T, order: Promise<{ readonly ok: boolean }>) => {
    const mine = { wanted, before: kept };
    setHope(mine);
    void order.then(({ ok }) =>
      // A later choice has taken its place.
      setHope((now) => (now !== mine ? now : ok ? { ...mine, isAnswered: true } : undefined)),
    );
  };
  return [shownOf(kept, hope), choose];
}
