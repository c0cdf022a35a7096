import type { Result } from '../../../shared/result.ts';
import { useWords } from '../../words/use-words.ts';
import { say } from './toasts.tsx';

/** Says that something is gone, with the way back; where the way back fails, it says that too. */
export function useUndo(): (name: string, back: () => Promise<Result<unknown>>) => void {
  const words = useWords();
  const { undo } = words.texts;
  return (name, back) =>
    say(words.say(undo.removed, { name }), {
      text: undo.action,
      onChoose: () =>
        void back().then((result) => {
          if (!result.ok) say(words.say(undo.failed, { why: words.error(result.error) }));
        }),
    });
}
