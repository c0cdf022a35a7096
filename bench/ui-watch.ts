import type { Page } from 'playwright';

/** What a window did while it was watched. */
export interface Watched {
  /** The longest time between two frames, in ms. */
  readonly longestFrame: number;
  /** Every task over 50 ms, in ms: shorter ones are not told by the browser. */
  readonly longTasks: readonly number[];
}

interface Watch {
  stop(): Watched;
}
type Watching = Window & { benchWatch?: Watch };

/** Watches frames and long tasks of the window while `work` is done. */
export async function watchWindow(page: Page, work: () => Promise<void>): Promise<Watched> {
  await page.evaluate(() => {
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasks.push(duration);
    });
    observer.observe({ type: 'longtask' });
    let longestFrame = 0;
    let last: number | undefined;
    let frame = requestAnimationFrame(function next(at) {
      if (last !== undefined) longestFrame = Math.max(longestFrame, at - last);
      last = at;
      frame = requestAnimationFrame(next);
    });
    (window as Watching).benchWatch = {
      stop() {
        cancelAnimationFrame(frame);
        for (const { duration } of observer.takeRecords()) longTasks.push(duration);
        observer.disconnect();
        return { longestFrame, longTasks };
      },
    };
  });
  await work();
  return page.evaluate(() => (window as Watching).benchWatch?.stop() ?? { longestFrame: 0, longTasks: [] });
}

/** Scrolls the longest list of the window by its whole length, a part of a page each frame. */
export const scrollThrough = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const list = [...document.querySelectorAll<HTMLElement>('main *')].find(
      ({ scrollHeight, clientHeight }) => scrollHeight > clientHeight * 2 && clientHeight > 200,
    );
    if (list === undefined) throw new Error('Nothing can be scrolled.');
    const frames = 240;
    const step = (list.scrollHeight - list.clientHeight) / frames;
    for (let done = 0; done < frames; done++) {
      list.scrollTop += step;
      await new Promise(requestAnimationFrame);
    }
    list.scrollTop = 0;
  });

/** Types a text into the field and gives for each letter the ms until the list that fits is painted, all that is in sight of it. */
export async function typeInto(page: Page, field: string, text: string): Promise<readonly number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { benchTimes: times });
    document.addEventListener(
      'input',
      () => {
        const from = performance.now();
        requestAnimationFrame(function look() {
          const blank = [...document.querySelectorAll('main [data-drawn="false"]')].some((place) => {
            const { top, bottom } = place.getBoundingClientRect();
            return bottom > 0 && top < window.innerHeight;
          });
          if (blank) requestAnimationFrame(look);
          else setTimeout(() => times.push(performance.now() - from));
        });
      },
      { capture: true },
    );
  });
  await page.getByRole('searchbox', { name: field }).pressSequentially(text, { delay: 250 });
  await page.waitForFunction(
    (letters) => (window as unknown as { benchTimes: number[] }).benchTimes.length >= letters,
    text.length,
  );
  return page.evaluate(() => (window as unknown as { benchTimes: number[] }).benchTimes);
}

/** Presses the button of that name and gives the ms until the item of that name stands in the list, painted. */
export const goAndWait = (page: Page, button: string, item: string): Promise<number> =>
  page.evaluate(
    ([press, wanted]) =>
      new Promise<number>((done, fail) => {
        const place = [...document.querySelectorAll('button')].find(
          ({ textContent, ariaLabel }) => textContent === press || ariaLabel === press,
        );
        if (place === undefined) return fail(new Error(`No button ${press}.`));
        const from = performance.now();
        place.click();
        requestAnimationFrame(function look() {
          const found = document.querySelector(`main li[aria-label="${wanted}"] button`);
          if (found === null) requestAnimationFrame(look);
          else setTimeout(() => done(performance.now() - from));
        });
      }),
    [button, item] as const,
  );
