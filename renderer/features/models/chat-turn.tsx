import { memo } from 'react';
import type { Chat } from '../../../shared/model/llm.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { milliseconds } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import css from './chat-turn.module.css';
import { Markdown } from './markdown.tsx';

/** One question and what came of it. */
export const ChatTurn = memo(function ChatTurn({
  question,
  chat,
  model,
}: {
  readonly question: string;
  readonly chat: Chat | undefined;
  readonly model: string;
}) {
  const words = useWords();
  const { chat: texts } = words.texts;
  return (
    <article className={css.turn}>
      <p className={css.who}>{texts.you}</p>
      <p className={css.question}>{question}</p>
      <p className={css.who}>{model}</p>
      {(chat === undefined || chat.state.kind === 'waiting') && (
        <p className={css.waiting} role="status">
          <StateMark mark="working" /> {texts.waiting}
        </p>
      )}
      {chat?.reasoning !== undefined && (
        // What it thinks is in sight until it answers; later it is there for who wants it.
        <details className={css.reasoning} open={chat.text === '' || undefined}>
          <summary>{texts.reasoning}</summary>
          <p>{chat.reasoning}</p>
        </details>
      )}
      {chat !== undefined && chat.text !== '' && <Markdown text={chat.text} />}
      {chat?.state.kind === 'failed' && <ErrorNotice live error={chat.state.error} />}
      {chat?.state.kind === 'stopped' && <p className={css.facts}>{texts.stopped}</p>}
      {chat?.state.kind === 'done' && (
        <p className={css.facts}>
          {chat.state.reason === 'length' && <span>{texts.cut}</span>}
          <Counts chat={chat} />
          <CopyButton text={chat.text} label={texts.copyAnswer} />
        </p>
      )}
    </article>
  );
});

function Counts({ chat: { tokens, firstTokenMs, tokensPerSecond } }: { readonly chat: Chat }) {
  const words = useWords();
  const { chat: texts } = words.texts;
  const first = firstTokenMs === undefined ? undefined : milliseconds(firstTokenMs);
  return (
    <>
      {tokens !== undefined && (
        <span>
          {words.say(tokens.isExact ? texts.tokens : texts.tokensAbout, {
            prompt: tokens.prompt,
            completion: tokens.completion,
          })}
        </span>
      )}
      {first !== undefined && (
        <span>
          {tokensPerSecond === undefined
            ? words.say(texts.first, { first })
            : words.say(texts.speed, { first, rate: tokensPerSecond.toFixed(1) })}
        </span>
      )}
    </>
  );
}
