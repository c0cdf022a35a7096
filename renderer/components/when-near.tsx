import { type ReactNode, useEffect, useRef, useState } from 'react';
import css from './when-near.module.css';

/** How far beyond the edge of what is seen its children are kept, in CSS pixels: a quick turn of the wheel. */
const marginPx = 900;

type Hear = (isNear: boolean, height: number) => void;
const hearers = new WeakMap<Element, Hear>();

/** One observer for all of them. `scrollMargin` (Chromium 120) lets it look beyond the edge of a list that scrolls. */
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting, boundingClientRect } of entries)
      hearers.get(target)?.(isIntersecting, boundingClientRect.height);
  },
  { scrollMargin: `${marginPx}px`, rootMargin: `${marginPx}px` } as IntersectionObserverInit,
);

/**
 * A part of a long list that is drawn while it is near what is seen, and holds its place while it is not. As an item
 * (`li`) it stays one with its name for those who hear the list, drawn or not.
 */
export function WhenNear({
  as: Place = 'div',
  height,
  isFirst = false,
  className = css.place,
  label,
  children,
}: {
  readonly as?: 'div' | 'li';
  /** About how high it is, in CSS pixels, until it was drawn once. */
  readonly height: number;
  /** Stands where a list is looked at first: drawn with the list, not a frame later. */
  readonly isFirst?: boolean;
  readonly className?: string | undefined;
  readonly label?: string;
  readonly children: ReactNode;
}) {
  const place = useRef<HTMLElement>(null);
  const [state, setState] = useState({ isNear: false, height });
  const isDrawn = isFirst || state.isNear;

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    hearers.set(element, (isNear, measured) =>
      setState((before) =>
        before.isNear === isNear
          ? before
          : // What has the focus stays: nobody loses their place by scrolling.
            !isNear && element.contains(document.activeElement)
            ? before
            : { isNear, height: isNear ? before.height : measured },
      ),
    );
    observer.observe(element);
    return () => observer.unobserve(element);
  }, []);

  return (
    <Place
      ref={(element: HTMLElement | null) => {
        place.current = element;
      }}
      className={className}
      aria-label={label}
      data-drawn={isDrawn}
      style={isDrawn ? undefined : { height: state.height }}
    >
      {isDrawn && children}
    </Place>
  );
}
