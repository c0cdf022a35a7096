/** How long something is pointed at, or has the focus, before its hint comes, in ms. */
const waitMs = 500;
/** How long a hint stays when the pointer leaves: time to come to the hint itself, or to the next one. In ms. */
const leaveMs = 160;

/**
 * Tells whose hint is to be seen: of what is pointed at, or was reached by Tab. As WCAG 2.2 asks (1.4.13), it stays
 * while it is pointed at itself, and Escape sends it away. Listens to the whole document: hundreds of rows that listened
 * each for themselves would be most of what a list costs. Gives what ends it.
 */
export function watchHints(show: (about: Element | undefined) => void): () => void {
  let shown: Element | undefined;
  /** Whose hint is seen when the timer ends, if it is not seen already. */
  let next: Element | undefined;
  /** What was pressed, or whose hint was sent away: none again before something else was pointed at. */
  let quiet: Element | undefined;
  let byTab = false;
  let timer = 0;

  function become(about: Element | undefined) {
    window.clearTimeout(timer);
    next = about;
    shown = about !== undefined && hasHint(about) ? about : undefined;
    show(shown);
  }

  function turnTo(about: Element | undefined) {
    if (about === next) return;
    window.clearTimeout(timer);
    next = about;
    if (about === shown || (about !== undefined && about === quiet)) return;
    quiet = undefined;
    // Who has seen one and looks for the right button has waited already.
    if (about !== undefined && shown !== undefined) become(about);
    else timer = window.setTimeout(become, about === undefined ? leaveMs : waitMs, about);
  }

  function sendAway() {
    const about = next;
    become(undefined);
    next = about;
    quiet = about;
  }

  const focused = () => {
    const element = document.activeElement;
    return byTab && element?.matches('[data-hint]:focus-visible') === true ? element : undefined;
  };

  const stop = new AbortController();
  const options = { capture: true, passive: true, signal: stop.signal };
  const hear = <N extends keyof DocumentEventMap>(name: N, call: (event: DocumentEventMap[N]) => void) =>
    document.addEventListener(name, call, options);
  hear('pointerover', ({ target, pointerType }) => {
    if (pointerType === 'touch' || !(target instanceof Element)) return;
    const isHint = target.closest('[data-hint-text]') !== null;
    turnTo(isHint ? shown : (target.closest('[data-hint]') ?? focused()));
  });
  hear('focusin', () => turnTo(focused()));
  hear('pointerdown', () => {
    byTab = false;
    sendAway();
  });
  hear('keydown', ({ key }) => {
    byTab = key === 'Tab';
    if (!byTab && key !== 'Shift') sendAway();
  });
  hear('scroll', () => {
    if (shown !== undefined) become(undefined);
  });
  for (const name of ['blur', 'resize']) window.addEventListener(name, () => become(undefined), options);
  return () => {
    stop.abort();
    window.clearTimeout(timer);
  };
}

/** Not beside a menu that it opened; and a text that may be cut has one only while it is. */
function hasHint(about: Element): boolean {
  if (!about.isConnected || about.getAttribute('aria-expanded') === 'true') return false;
  return !about.hasAttribute('data-hint-if-cut') || about.scrollWidth > about.clientWidth;
}
