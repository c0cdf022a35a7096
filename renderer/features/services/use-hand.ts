import { type FocusEvent, type PointerEvent, useMemo, useRef, useState } from 'react';
import type { Hand } from './hold-groups.ts';

/**
 * Where in a list a hand rests: the lower one of pointer and focus, as all above it stands still. Read while drawing;
 * `released` counts how often a hand left, so that what waited comes then.
 */
export function useHand(): {
  readonly hand: () => Hand | undefined;
  readonly released: number;
  readonly rest: {
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerOver: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
    readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
  };
} {
  const [released, setReleased] = useState(0);
  const places = useRef<{ pointer?: Element | undefined; focus?: Element | undefined }>({});
  const hasMoved = useRef(false);
  return useMemo(() => {
    const placeOf = (target: EventTarget) =>
      target instanceof Element ? (target.closest('[data-group]') ?? undefined) : undefined;
    const put = (which: 'pointer' | 'focus', element: EventTarget | undefined) => {
      const before = places.current[which];
      const place =
        element instanceof Element && placeOf(element) !== undefined
          ? (element.closest('[data-service]') ?? placeOf(element))
          : undefined;
      places.current = { ...places.current, [which]: place };
      if (before !== undefined && place === undefined) setReleased((count) => count + 1);
    };
    return {
      hand: () => {
        const [first, second] = [places.current.pointer, places.current.focus].filter(
          (element) => element?.isConnected,
        );
        const lower =
          first !== undefined &&
          second !== undefined &&
          (first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
            ? second
            : (first ?? second);
        const containerId = lower?.closest('[data-group]')?.getAttribute('data-group') ?? undefined;
        if (containerId === undefined) return undefined;
        const serviceId = lower?.getAttribute('data-service') ?? undefined;
        return serviceId === undefined ? { containerId } : { containerId, serviceId };
      },
      released,
      rest: {
        // Moved, and not only come over: a window that opens beneath a pointer that lies still is under no hand.
        onPointerMove: (event) => {
          hasMoved.current = true;
          put('pointer', event.target);
        },
        // What it rests on may be drawn anew beneath it.
        onPointerOver: (event) => {
          if (hasMoved.current) put('pointer', event.target);
        },
        onPointerLeave: () => put('pointer', undefined),
        // A menu that was closed by a press gives the focus back: that is nobody who goes by the keyboard.
        onFocus: (event) => put('focus', event.target.matches(':focus-visible') ? event.target : undefined),
        onBlur: (event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) put('focus', undefined);
        },
      },
    };
  }, [released]);
}
