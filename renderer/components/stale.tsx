import { useAge } from '../store/now.ts';
import { useWords } from '../words/use-words.ts';

/** How old the list is that is shown, for want of a newer one; `at` in ms since the epoch. */
export function Stale({ at }: { readonly at: number }) {
  const words = useWords();
  const ms = useAge(at);
  return ms === 0 ? null : words.say(words.texts.status.failedSince, { age: words.age(ms) });
}
