import { useEffect, useState } from 'react';
import type { LogMatch } from '../../../shared/model/launch.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './matches.module.css';

/** Typing stops for so long before the container is asked, in ms. */
const pauseMs = 250;
/** As many as the engine gives at most. */
const mostMatches = 500;

/** Lines of the whole log that hold a text, found in the container; one is chosen to be shown in its place. */
export function Matches({
  id,
  text,
  onChoose,
}: {
  readonly id: string;
  readonly text: string;
  readonly onChoose: (match: LogMatch) => void;
}) {
  const words = useWords();
  const { launchLog: texts } = words.texts;
  const { run, error } = useAction('launch.search', { whileShown: true });
  const [found, setFound] = useState<{ readonly text: string; readonly matches: readonly LogMatch[] }>();

  useEffect(() => {
    let isOver = false;
    const timer = window.setTimeout(() => {
      void run({ id, text }).then((answer) => {
        if (!isOver && answer.ok) setFound({ text, matches: answer.value });
      });
    }, pauseMs);
    return () => {
      isOver = true;
      window.clearTimeout(timer);
    };
  }, [id, text, run]);

  if (error !== undefined) return <ErrorNotice live error={error} />;
  if (found === undefined) return null;
  const { matches } = found;
  return (
    <div>
      <p className={css.count} role="status">
        {matches.length === 0
          ? words.say(texts.noMatch, { text: found.text })
          : words.say(matches.length < mostMatches ? texts.matches : texts.mostMatches, {
              n: matches.length,
            })}
      </p>
      {matches.length > 0 && (
        <ol className={css.list} aria-label={texts.search}>
          {matches.map((match) => (
            <li key={match.line}>
              <button
                type="button"
                className={css.match}
                disabled={match.at === undefined}
                onClick={() => onChoose(match)}
              >
                <span className={css.line}>{words.say(texts.line, { n: match.line })}</span>
                <code className={css.text}>{match.text}</code>
              </button>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
