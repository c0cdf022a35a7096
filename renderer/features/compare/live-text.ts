import type { LiveValue } from '../../../shared/comparison/index.ts';
import type { Words } from '../../words/use-words.ts';

/** What is so now, in words; a span of time as people say it. Pure. */
export function liveText({ code, params }: LiveValue, words: Words): string {
  const { seconds, ...others } = params ?? {};
  const text = words.texts.measure.live[code];
  return typeof seconds === 'number'
    ? words.say(text, { ...others, age: words.age(seconds * 1_000) })
    : words.say(text, others);
}
