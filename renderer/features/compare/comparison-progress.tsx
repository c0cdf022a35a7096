import type { ComparisonState } from '../../../shared/model/comparison-record.ts';
import { Button } from '../../components/button.tsx';
import { Progress } from '../../components/progress.tsx';
import { useWords } from '../../words/use-words.ts';
import css from './comparison-progress.module.css';

/** How far the comparison is, what it does, and the way to stop it. `idle`: it has done its part, the answer is on its way. */
export function ComparisonProgress({
  name,
  comparison,
  onStop,
}: {
  readonly name: string;
  readonly comparison: ComparisonState;
  readonly onStop: () => void;
}) {
  const words = useWords();
  const { comparison: texts } = words.texts.measure;
  const percent = comparison.kind === 'running' ? Math.round(comparison.done * 100) : undefined;
  return (
    <div className={css.progress}>
      <Progress label={name} max={100} value={percent} />
      <p className={css.stage}>
        {name} · {comparison.kind === 'running' ? texts.stage[comparison.stage] : texts.again}
        {comparison.kind === 'running' && comparison.waiting.length > 0 && (
          <> · {words.say(words.texts.measure.all.rest, { n: comparison.waiting.length })}</>
        )}
      </p>
      <Button onClick={onStop}>{texts.cancel}</Button>
    </div>
  );
}
