import type { Page } from '@playwright/test';

/** Everything that stands beyond the window's edges and cannot be scrolled to, by its text or name. */
export const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    const scrolls = (element: Element | null): boolean => {
      if (element === null || element === document.body) return false;
      const { overflowX } = getComputedStyle(element);
      const can = overflowX === 'auto' || overflowX === 'scroll';
      return (can && element.scrollWidth > element.clientWidth) || scrolls(element.parentElement);
    };
    const kinds = 'button, a, input, select, textarea, h1, h2, h3, p, code, label, th, td, li, [role]';
    return [...document.querySelectorAll(kinds)].flatMap((element) => {
      const { left, right, width, height } = element.getBoundingClientRect();
      // Words for screen readers are one pixel wide.
      if (width <= 1 || height <= 1 || (left >= -1 && right <= wide + 1) || scrolls(element)) return [];
      const name = element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40);
      return [
        `${element.tagName.toLowerCase()} “${name}” from ${Math.round(left)} to ${Math.round(right)} of ${wide}`,
      ];
    });
  });

/** The last thing on the screen can be brought into view: nothing is lost below the window's edge either. */
export const reachesEnd = async (page: Page): Promise<boolean> => {
  const last = page.locator('main').locator('button:visible, input:visible, h2:visible').last();
  await last.scrollIntoViewIfNeeded();
  return last.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  });
};
