import type { Advice } from '../../../shared/model/comparison-record.ts';
import { useWords } from '../../words/use-words.ts';
import css from './advice-text.module.css';

/** What follows from the numbers: the most telling sentence first, the others as its reasons. */
export function AdviceText({ advice }: { readonly advice: readonly Advice[] }) {
  const words = useWords();
  const [first, ...rest] = advice.map(({ code, params }) =>
    words.say(words.texts.measure.advice[code], params ?? {}),
  );
  if (first === undefined) return null;
  return (
    <div className={css.advice} role="status">
      <p className={css.first}>{first}</p>
      {rest.length > 0 && (
        <ul className={css.rest}>
          {rest.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
