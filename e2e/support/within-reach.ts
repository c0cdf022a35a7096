import type { Page } from '@playwright/test';

/** What axe does not ask of a screen, and WCAG 2.2 AA does: each fault by the name of what has it. */
export async function outOfReach(page: Page): Promise<readonly string[]> {
  const small = await page.evaluate(smallTargets);
  const cut = await page.evaluate(cutBySpacing);
  // From now on a focus that is set shows, as after any key; this one does nothing.
  await page.keyboard.press('F9');
  return [...small, ...cut, ...(await page.evaluate(unseenFocus))];
}

/** Target size (2.5.8): at least 24 by 24 CSS pixels, without making use of its exceptions. */
function smallTargets(): readonly string[] {
  const kinds =
    'a[href], button, input, select, textarea, summary, [role=tab], [role=switch], [role=option], [role^=menuitem]';
  return [...document.querySelectorAll<HTMLElement>(kinds)].flatMap((element) => {
    const isTarget =
      element.checkVisibility({ visibilityProperty: true }) &&
      element.closest('[inert], [aria-hidden=true], :disabled, .unseen') === null;
    // The words beside a switch or a box are pressed just as well.
    const { width, height } = (element.closest('label') ?? element).getBoundingClientRect();
    if (!isTarget || (width >= 24 && height >= 24)) return [];
    const name = element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40);
    return [`“${name}” is ${Math.round(width)} by ${Math.round(height)}`];
  });
}

/** Text spacing (1.4.12): what no longer fits, and cannot be had in another way, when a person sets text wider. */
function cutBySpacing(): readonly string[] {
  const texts = [...document.querySelectorAll<HTMLElement>('body *')].filter(
    (element) =>
      [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '') &&
      element.checkVisibility({ visibilityProperty: true }) &&
      element.clientWidth > 1,
  );
  const isCut = (element: HTMLElement) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
    return (
      (hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (hides(overflowY) && element.scrollHeight > element.clientHeight + 1)
    );
  };
  const before = new Set(texts.filter(isCut));
  // A sheet that is made by a script: the page's policy lets none else in.
  const wider = new CSSStyleSheet();
  wider.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
  `);
  document.adoptedStyleSheets.push(wider);
  const wide = document.documentElement.clientWidth;
  const cut = texts.filter((element) => {
    if (element.closest('[data-hint]') !== null) return false;
    const { left, right } = element.getBoundingClientRect();
    return (isCut(element) && !before.has(element)) || left < -1 || right > wide + 1;
  });
  document.adoptedStyleSheets.pop();
  return cut.map((element) => `“${element.textContent?.slice(0, 40)}” is cut when text is set wider`);
}

/** Focus visible (2.4.7) and not obscured (2.4.11): each stop of Tab shows that it has the focus, and is not covered. */
function unseenFocus(): readonly string[] {
  const all = [...document.querySelectorAll<HTMLElement>('*')];
  const scrolled = all
    .filter(({ scrollTop }) => scrollTop > 0)
    .map((element) => [element, element.scrollTop] as const);
  const started = document.activeElement;
  const top = all.findLast((element) => element.matches('[role=dialog], [role=alertdialog], [role=menu]'));
  const stops = all.filter(
    (element) =>
      element.tabIndex >= 0 &&
      (top === undefined || top.contains(element)) &&
      element.checkVisibility({ visibilityProperty: true }) &&
      element.closest('[inert], [aria-hidden=true], :disabled, [data-base-ui-focus-guard]') === null,
  );
  const drawn = (element: Element) => {
    const { outline, boxShadow, borderColor, backgroundColor } = getComputedStyle(element);
    return [outline, boxShadow, borderColor, backgroundColor].join();
  };
  const faults = stops.flatMap((element) => {
    if (!element.isConnected) return [];
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const around = [element, element.parentElement ?? element];
    const before = around.map(drawn).join();
    element.focus();
    if (document.activeElement !== element) return [];
    const shows = around.map(drawn).join() !== before;
    const { left, top: upper, width, height } = element.getBoundingClientRect();
    const isSeen = [0.5, 0.1, 0.9].some((x) =>
      [0.5, 0.1, 0.9].some((y) => {
        const there = document.elementFromPoint(left + width * x, upper + height * y);
        return there !== null && (element.contains(there) || there.contains(element));
      }),
    );
    const name = element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40);
    return [
      ...(shows ? [] : [`“${name}” does not show that it has the focus`]),
      ...(isSeen ? [] : [`“${name}” has the focus and is covered`]),
    ];
  });
  if (started instanceof HTMLElement) started.focus({ preventScroll: true });
  for (const [element, at] of scrolled) element.scrollTop = at;
  return faults;
}
