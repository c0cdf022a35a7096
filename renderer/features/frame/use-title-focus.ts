import { type RefObject, useEffect, useRef } from 'react';
import { usePlace } from '../../store/context.ts';

/**
 * Whoever enters a place by a button that is not there any more stands at its title: the keys go on from there, and a
 * screen reader says where it is. A focus that is somewhere is left alone.
 */
export function useTitleFocus(main: RefObject<HTMLElement | null>): void {
  const place = usePlace();
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    if (document.activeElement === document.body)
      main.current?.querySelector('h1')?.focus({ preventScroll: true });
  }, [place, main]);
}
