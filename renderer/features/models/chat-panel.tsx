import { Send, Square } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import type { LlmRoute } from '../../../shared/model/llm.ts';
import type { Service } from '../../../shared/model/service.ts';
import { Button } from '../../components/button.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { say } from '../toasts/index.ts';
import { ChatOptions } from './chat-options.tsx';
import css from './chat-panel.module.css';
import { ChatTurn } from './chat-turn.tsx';
import { answerOf, isOver, messagesFor, readMaxTokens, readTemperature } from './conversation.ts';
import { useConversation } from './use-conversation.ts';

/** Closer to its end than this, a conversation follows what is written, in px. */
const nearEndPx = 60;

/** A conversation with one model, to try it. */
export function ChatPanel({
  service,
  route,
  model,
}: {
  readonly service: Service;
  readonly route: LlmRoute;
  readonly model: string;
}) {
  const { chat: texts, undo } = useWords().texts;
  const [conversation, change] = useConversation(service.id);
  const chats = useEngine((engine) => engine.chats);
  const send = useAction('llm.chat');
  const stop = useAction('llm.stopChat');
  const forget = useAction('llm.forgetChat');
  const { turns, draft } = conversation;
  const last = turns.at(-1);
  const isAnswering = last !== undefined && (send.running || !isOver(answerOf(last, chats)));
  const temperature = readTemperature(conversation.temperature);
  const maxTokens = readMaxTokens(conversation.maxTokens);

  const box = useRef<HTMLElement>(null);
  const follows = useRef(true);
  const said = useRef<HTMLDivElement>(null);
  // An answer is drawn when there is time, after its text came: its end moves when it is drawn.
  useLayoutEffect(() => {
    if (said.current === null) return;
    const observer = new ResizeObserver(() => {
      if (box.current !== null && follows.current) box.current.scrollTop = box.current.scrollHeight;
    });
    observer.observe(said.current);
    return () => observer.disconnect();
  }, []);

  function ask() {
    const question = draft.trim();
    if (question === '' || isAnswering || temperature === undefined || maxTokens === undefined) return;
    const id = crypto.randomUUID();
    const messages = messagesFor(conversation, chats, question);
    follows.current = true;
    change((before) => ({ ...before, draft: '', turns: [...before.turns, { id, question }] }));
    void send.run({ id, serviceId: service.id, route, model, messages, ...temperature, ...maxTokens });
  }

  function clear() {
    for (const { id } of turns) void forget.run({ id });
    change((before) => ({ ...before, turns: [] }));
    // The answers that have ended are the window's own by now.
    say(undo.said.newChat, {
      text: undo.action,
      onChoose: () => change((now) => ({ ...now, turns: [...turns, ...now.turns] })),
    });
  }

  return (
    <section className={css.chat} aria-label={texts.title}>
      <ChatOptions conversation={conversation} onChange={change} />
      <section
        ref={box}
        className={css.turns}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long conversation is scrolled by keyboard.
        tabIndex={0}
        aria-label={texts.conversation}
        onScroll={({ currentTarget: at }) => {
          follows.current = at.scrollHeight - at.clientHeight - at.scrollTop < nearEndPx;
        }}
      >
        <div ref={said} className={css.said}>
          {turns.length === 0 && <p className={css.empty}>{texts.empty}</p>}
          {turns.map((turn) => (
            <ChatTurn
              key={turn.id}
              question={turn.question}
              chat={answerOf(turn, chats)}
              model={answerOf(turn, chats)?.model ?? model}
            />
          ))}
        </div>
      </section>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <textarea
          className={css.message}
          aria-label={texts.message}
          placeholder={texts.placeholder}
          rows={3}
          value={draft}
          onChange={({ target: { value } }) => change((before) => ({ ...before, draft: value }))}
          onKeyDown={(event) => {
            // Enter that ends a word of an input method is none of ours.
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            ask();
          }}
        />
        <div className={css.actions}>
          {isAnswering && last !== undefined ? (
            <Button icon={<Square aria-hidden="true" />} onClick={() => void stop.run({ id: last.id })}>
              {texts.stop}
            </Button>
          ) : (
            <Button
              look="primary"
              type="submit"
              icon={<Send aria-hidden="true" />}
              disabled={draft.trim() === '' || temperature === undefined || maxTokens === undefined}
            >
              {texts.send}
            </Button>
          )}
          <Button look="quiet" disabled={turns.length === 0 || isAnswering} onClick={clear}>
            {texts.clear}
          </Button>
        </div>
      </form>
    </section>
  );
}
