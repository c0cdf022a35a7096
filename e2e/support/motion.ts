import type { Page } from '@playwright/test';

/** What moves on the screen: every animation and transition that takes time, by the class of what it moves. */
export const moving = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    document.getAnimations().flatMap((animation) => {
      const { effect, playState } = animation;
      const duration = Number(effect?.getComputedTiming().activeDuration ?? 0);
      if (playState !== 'running' || duration <= 1) return [];
      const target = effect instanceof KeyframeEffect ? effect.target : null;
      return [`${target?.tagName ?? '?'} ${target?.getAttribute('class') ?? ''}: ${duration} ms`];
    }),
  );
