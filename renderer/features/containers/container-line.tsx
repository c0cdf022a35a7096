import { assertNever } from '../../../shared/assert-never.ts';
import type { Container } from '../../../shared/model/container.ts';
import type { Mark } from '../../components/state-mark.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useAge, useNow } from '../../store/now.ts';
import { useWords, type Words } from '../../words/use-words.ts';
import css from './container-line.module.css';

/** Mode, status and age of a container, in one quiet line. */
export function ContainerLine({ container }: { readonly container: Container }) {
  const words = useWords();
  const { containers: texts } = words.texts;
  const { mark, text } = containerStatus(container, words);
  return (
    <span className={css.line}>
      <span>{modeText()}</span>
      <span className={css.status}>
        <StateMark mark={mark} /> {text}
      </span>
      {container.status.kind === 'running' && container.startedAt !== undefined && (
        <Since at={container.startedAt} />
      )}
      {container.status.kind === 'running' && container.endsAt !== undefined && (
        <Left until={container.endsAt} />
      )}
    </span>
  );

  function modeText(): string {
    const { mode } = container;
    return Object.hasOwn(texts.mode, mode) ? texts.mode[mode as keyof typeof texts.mode] : mode;
  }
}

function Since({ at }: { readonly at: number }) {
  const words = useWords();
  const ms = useAge(at);
  // It has just begun: "for 0 s" says nothing.
  if (ms === 0) return null;
  return <span>{words.say(words.texts.containers.since, { age: words.age(ms) })}</span>;
}

/** Time that the plan leaves to this run. */
function Left({ until }: { readonly until: number }) {
  const words = useWords();
  return <span>{words.say(words.texts.containerList.left, { age: words.age(until - useNow(30_000)) })}</span>;
}

/** Status and what is being done with it, as mark and word. Pure. */
function containerStatus(
  { status, busy }: Container,
  { texts: { containers: texts }, say }: Words,
): { readonly mark: Mark; readonly text: string } {
  if (busy !== undefined) return { mark: 'working', text: texts.busy[busy] };
  switch (status.kind) {
    case 'running':
      return { mark: 'up', text: texts.running };
    case 'pending':
      return { mark: 'working', text: say(texts.pending, { word: status.raw.toLowerCase() }) };
    case 'ended':
      return { mark: status.how === 'failed' ? 'down' : 'idle', text: texts.ended[status.how] };
    default:
      return assertNever(status, 'status');
  }
}
