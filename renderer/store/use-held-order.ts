import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

/** What is new: `after` the others, or it `waits` until nobody points at the list. */
export type Fresh = 'after' | 'waits';

/** The same members in the order that they had before. A stable sort: what is new keeps its own order. Pure. */
export function keepOrder<T>(
  before: readonly T[],
  now: readonly T[],
  idOf: (member: T) => string,
  fresh: Fresh = 'after',
): readonly T[] {
  const places = new Map(before.map((member, index) => [idOf(member), index]));
  const place = (member: T) => places.get(idOf(member)) ?? before.length;
  const shown = fresh === 'after' ? now : now.filter((member) => places.has(idOf(member)));
  return shown.toSorted((a, b) => place(a) - place(b));
}

/**
 * A list that stands still under the pointer: while it is pointed at, nothing in it changes its place. Another `key`
 * is another list. `hold` belongs on what surrounds it; `idOf` must stay the same function.
 */
export function useHeldOrder<T>(
  now: readonly T[],
  idOf: (member: T) => string,
  { key = '', fresh = 'after' }: { readonly key?: string; readonly fresh?: Fresh } = {},
): {
  readonly shown: readonly T[];
  /** There is more than is shown. */
  readonly waits: boolean;
  /** Shows it, although somebody points at the list. */
  readonly take: () => void;
  readonly hold: { readonly onPointerEnter: () => void; readonly onPointerLeave: () => void };
} {
  const [isPointed, setIsPointed] = useState(false);
  const [taken, setTaken] = useState(0);
  const last = useRef<{ readonly key: string; readonly list: readonly T[] }>(undefined);
  const whole = `${key} ${taken}`;
  const shown = useMemo(() => {
    const before = last.current;
    return isPointed && before?.key === whole ? keepOrder(before.list, now, idOf, fresh) : now;
  }, [now, isPointed, whole, idOf, fresh]);
  useEffect(() => {
    last.current = { key: whole, list: shown };
  }, [whole, shown]);
  const hold = useMemo(
    () => ({ onPointerEnter: () => setIsPointed(true), onPointerLeave: () => setIsPointed(false) }),
    [],
  );
  const take = useCallback(() => setTaken((before) => before + 1), []);
  return { shown, waits: shown.length < now.length, take, hold };
}
