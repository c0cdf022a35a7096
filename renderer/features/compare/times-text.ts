import type { Words } from '../../words/use-words.ts';

/** "3.2×": two digits are as many as a ratio of two measurements is worth. Pure. */
export const timesText = (ratio: number, words: Words): string =>
  words.say(words.texts.measure.comparison.times, {
    times: ratio < 10 ? ratio.toFixed(1) : String(Math.round(ratio)),
  });
