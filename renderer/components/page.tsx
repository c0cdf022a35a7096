import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { back } from '../store/context.ts';
import { keepScroll, keptScroll, places } from '../store/place.ts';
import { useWords } from '../words/use-words.ts';
import { IconButton } from './button.tsx';
import css from './page.module.css';

/** One place: its title, what can be done there, its content. */
export function Page({
  title,
  detail,
  actions,
  children,
  under = false,
}: {
  readonly title: string;
  readonly detail?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** It was entered from another place, and there is a way back. */
  readonly under?: boolean;
}) {
  const { texts } = useWords();
  const content = useKeptScroll();
  return (
    <div className={css.page}>
      <header className={css.header}>
        {under && (
          <IconButton label={texts.app.back} data-repeats onClick={back}>
            <ArrowLeft />
          </IconButton>
        )}
        <div className={css.titles}>
          {/* Takes the focus where what led here is gone: see `useTitleFocus`. */}
          <h1 className={css.title} tabIndex={-1}>
            {title}
          </h1>
          {detail !== undefined && <div className={css.detail}>{detail}</div>}
        </div>
        {actions !== undefined && <div className={css.actions}>{actions}</div>}
      </header>
      <div ref={content} className={css.content}>
        {children}
      </div>
    </div>
  );
}

/** Who comes back to a place comes to where they left it; its heights may be known a frame later. */
function useKeptScroll() {
  const content = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = content.current;
    const { here, isBack } = places.getState();
    if (element === null) return;
    const top = isBack ? keptScroll(here) : 0;
    element.scrollTop = top;
    const frame = requestAnimationFrame(() => {
      if (top > 0 && element.scrollTop !== top) element.scrollTop = top;
    });
    return () => {
      cancelAnimationFrame(frame);
      keepScroll(here, element.scrollTop);
    };
  }, []);
  return content;
}

/** A part of a page with a heading of its own. */
export function Section({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={css.section} aria-label={title}>
      <div className={css.sectionHead}>
        <h2>{title}</h2>
        {aside !== undefined && <div className={css.aside}>{aside}</div>}
      </div>
      {children}
    </section>
  );
}
