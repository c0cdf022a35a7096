import type {
  RequestAnswer,
  RequestInput,
  RequestName,
  RequestResult,
} from '../../../shared/contract/requests.ts';
import type { Removed } from '../../../shared/model/removed.ts';
import type { Result } from '../../../shared/result.ts';
import { useClient } from '../../store/context.ts';
import { type Action, useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { say } from './toasts.tsx';

/** The requests that take something away and can be undone. */
type Removal = {
  [N in RequestName]: RequestAnswer<N> extends Removed ? N : never;
}[RequestName];

/** What is said of each when it is done: a key of `undo.said`. */
const said = {
  'services.remove': 'removed',
  'mappings.remove': 'removed',
  'mappings.forgetNote': 'removed',
  'mappings.discard': 'discarded',
  'templates.remove': 'removed',
  'recipes.remove': 'removed',
  'connections.remove': 'removed',
  'forwards.remove': 'removed',
  'comparison.forget': 'removed',
  'session.forget': 'removed',
  'session.signOut': 'signedOut',
  'services.forgetCredential': 'keyForgotten',
  'offers.answer': 'notOffered',
  'inspector.clear': 'cleared',
} as const satisfies Record<Removal, string>;

export const isRemoval = (name: RequestName): name is Removal => Object.hasOwn(said, name);

/** Says what is gone, with the way back; where the way back fails, it says that too. A removal that failed says it at its place. */
export function useUndo(): (
  name: Removal,
  removed: Result<Removed>,
  subject: string,
  /** It is there again: for what the window has asked for and does not see in the state. */
  onBack?: () => void,
) => void {
  const words = useWords();
  const client = useClient();
  const { undo } = words.texts;
  return (name, removed, subject, onBack) => {
    if (!removed.ok) return;
    const { undoId } = removed.value;
    say(words.say(undo.said[said[name]], { name: subject }), {
      text: undo.action,
      onChoose: () =>
        void client.ask('undo.putBack', { undoId }).then((back) => {
          if (back.ok) onBack?.();
          else say(words.say(undo.failed, { why: words.error(back.error) }));
        }),
    });
  };
}

/** An order that takes something away: the same as any other, and it is offered to undo it. */
export function useRemoval<N extends Removal>(
  name: N,
): Omit<Action<N>, 'run'> & {
  /** `subject`: what is taken away, as a person calls it. */
  run(input: RequestInput<N>, subject: string, onBack?: () => void): Promise<RequestResult<N>>;
} {
  const action = useAction(name);
  const undo = useUndo();
  return {
    ...action,
    async run(input, subject, onBack) {
      const removed = await action.run(input);
      undo(name, removed as Result<Removed>, subject, onBack);
      return removed;
    },
  };
}
