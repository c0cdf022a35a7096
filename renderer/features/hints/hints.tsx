import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import css from './hints.module.css';
import { placeHint } from './place-hint.ts';
import { watchHints } from './watch-hints.ts';

/**
 * The one hint of the window. What has one says so by attributes: `data-hint`, its text; `data-hint-keys`, the keys that
 * do the same; `data-hint-side="beside"`; `data-hint-if-cut`, only while its own text does not fit. Screen readers have
 * the same from the names of controls, so that this is for eyes alone.
 */
export function Hints() {
  const [about, setAbout] = useState<Element>();
  useEffect(() => watchHints(setAbout), []);
  // Over dialogs, which stand there too.
  return about === undefined ? null : createPortal(<Hint about={about} />, document.body);
}

function Hint({ about }: { readonly about: Element }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const side = about.getAttribute('data-hint-side') === 'beside' ? 'beside' : 'below';
    const room = { width: window.innerWidth, height: window.innerHeight };
    const { left, top } = placeHint(
      about.getBoundingClientRect(),
      element.getBoundingClientRect(),
      room,
      side,
    );
    element.style.left = `${left}px`;
    element.style.top = `${top}px`;
  }, [about]);
  const keys = about.getAttribute('data-hint-keys');
  return (
    <div ref={box} className={css.hint} data-hint-text="" aria-hidden="true">
      {about.getAttribute('data-hint')}
      {keys !== null && <kbd className={css.keys}>{keys}</kbd>}
    </div>
  );
}
