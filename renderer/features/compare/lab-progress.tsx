import type { LabState } from '../../../shared/model/lab.ts';
import { Button } from '../../components/button.tsx';
import { Progress } from '../../components/progress.tsx';
import { useWords } from '../../words/use-words.ts';
import css from './lab-progress.module.css';

/** How far the lab is, what it does, and the way to stop it. `idle`: it has done its part, the answer is on its way. */
export function LabProgress({
  name,
  lab,
  onStop,
}: {
  readonly name: string;
  readonly lab: LabState;
  readonly onStop: () => void;
}) {
  const words = useWords();
  const { lab: texts } = words.texts.measure;
  const percent = lab.kind === 'running' ? Math.round(lab.done * 100) : undefined;
  return (
    <div className={css.progress}>
      <Progress label={name} max={100} value={percent} />
      <p className={css.stage}>
        {name} · {lab.kind === 'running' ? texts.stage[lab.stage] : texts.again}
        {lab.kind === 'running' && lab.waiting.length > 0 && (
          <> · {words.say(words.texts.measure.all.rest, { n: lab.waiting.length })}</>
        )}
      </p>
      <Button onClick={onStop}>{texts.cancel}</Button>
    </div>
  );
}
