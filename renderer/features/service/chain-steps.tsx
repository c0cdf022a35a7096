import { Check, Minus, X } from 'lucide-react';
import type { Step } from '../../../shared/model/service.ts';
import { milliseconds } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import css from './chain-steps.module.css';

const icons = { ok: Check, failed: X, skipped: Minus } as const;

/** The parts of one way, in the order in which they happen. After the one that failed the line is broken. */
export function ChainSteps({ steps }: { readonly steps: readonly Step[] }) {
  const words = useWords();
  const { lane: texts } = words.texts;
  return (
    <ol className={css.steps}>
      {steps.map((step) => {
        const Icon = icons[step.kind];
        return (
          <li key={step.name} className={css.step} data-kind={step.kind}>
            <Icon className={css.icon} aria-hidden="true" />
            <span>{texts.step[step.name]}</span>
            <span className={css.time}>
              {step.kind === 'skipped' ? '' : words.say(texts.ms, { ms: milliseconds(step.ms) })}
            </span>
            <span className="unseen">{texts.stepState[step.kind]}</span>
          </li>
        );
      })}
    </ol>
  );
}
