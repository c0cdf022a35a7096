import type { ReplayAnswer } from '../../../shared/model/exchange.ts';
import { StateMark } from '../../components/state-mark.tsx';
import { milliseconds } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { BodyText } from './body-text.tsx';
import css from './replay-answers.module.css';

/** What came back, each route in a column of its own. */
export function ReplayAnswers({ answers }: { readonly answers: readonly ReplayAnswer[] }) {
  const words = useWords();
  const { inspector: texts, service, lane } = words.texts;
  const [first, second] = answers;
  return (
    <div className={css.answers} role="status">
      <div className={css.columns}>
        {answers.map((answer) => (
          <div key={answer.route} className={css.column}>
            <h4 className={css[answer.route]}>{service[answer.route]}</h4>
            {answer.kind === 'failed' ? (
              <p>
                <StateMark mark="down" /> {words.error({ code: answer.error })}
              </p>
            ) : (
              <>
                <p>
                  {answer.status} · {words.bytes(answer.bytes)}
                  {answer.timing.totalMs !== undefined &&
                    ` · ${words.say(lane.ms, { ms: milliseconds(answer.timing.totalMs) })}`}
                </p>
                <BodyText body={answer.body} />
              </>
            )}
          </div>
        ))}
      </div>
      {first !== undefined && second !== undefined && (
        <p className={css.verdict}>{isSame(first, second) ? texts.same : texts.differ}</p>
      )}
    </div>
  );
}

const isSame = (a: ReplayAnswer, b: ReplayAnswer): boolean =>
  a.kind === 'answered' &&
  b.kind === 'answered' &&
  a.status === b.status &&
  a.bytes === b.bytes &&
  a.body.text === b.body.text;
