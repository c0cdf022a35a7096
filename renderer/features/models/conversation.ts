import type { Chat, ChatMessage } from '../../../shared/model/llm.ts';
import { plainDigits } from '../../../shared/platform-rules/index.ts';

/** One question and its answer. */
export interface Turn {
  /** The id of its answer in the engine's `chats`. */
  readonly id: string;
  readonly question: string;
  /** The answer once it has ended: the engine keeps the latest only. */
  readonly answer?: Chat;
}

/** What is typed and was said about one service. */
export interface Conversation {
  readonly turns: readonly Turn[];
  readonly system: string;
  readonly temperature: string;
  readonly maxTokens: string;
  readonly draft: string;
}

export const emptyConversation: Conversation = {
  turns: [],
  system: '',
  temperature: '',
  maxTokens: '',
  draft: '',
};

type Chats = Readonly<Record<string, Chat>>;

export const answerOf = (turn: Turn, chats: Chats): Chat | undefined => turn.answer ?? chats[turn.id];

export const isOver = (chat: Chat | undefined): boolean =>
  chat === undefined || (chat.state.kind !== 'waiting' && chat.state.kind !== 'streaming');

/** Keeps every answer that has ended; the same conversation where there is none. Pure. */
export function keepAnswers(conversation: Conversation, chats: Chats): Conversation {
  const isNew = ({ id, answer }: Turn) =>
    answer === undefined && chats[id] !== undefined && isOver(chats[id]);
  if (!conversation.turns.some(isNew)) return conversation;
  return {
    ...conversation,
    turns: conversation.turns.map((turn) => (isNew(turn) ? { ...turn, answer: chats[turn.id] } : turn)),
  };
}

/** What the model is sent: what was said before, without questions that got no answer, then the new question. Pure. */
export function messagesFor(conversation: Conversation, chats: Chats, question: string): ChatMessage[] {
  const said = conversation.turns.flatMap((turn): readonly ChatMessage[] => {
    const answer = answerOf(turn, chats)?.text ?? '';
    if (answer === '') return [];
    return [
      { role: 'user', content: turn.question },
      { role: 'assistant', content: answer },
    ];
  });
  const system = conversation.system.trim();
  return [
    ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
    ...said,
    { role: 'user', content: question },
  ];
}

/** Options as typed: empty leaves the choice to the server, `undefined` is no such number. Pure. */
export function readTemperature(text: string): { readonly temperature?: number } | undefined {
  if (text.trim() === '') return {};
  const value = Number(
    plainDigits(text)
      .trim()
      .replace(/[,．，]/, '.'),
  );
  return Number.isFinite(value) && value >= 0 && value <= 2 ? { temperature: value } : undefined;
}

/** As typed: empty is no limit, else 1 to 200,000; `undefined` for anything else. */
export function readMaxTokens(text: string): { readonly maxTokens?: number } | undefined {
  if (text.trim() === '') return {};
  const value = Number(plainDigits(text).trim());
  return Number.isInteger(value) && value >= 1 && value <= 200_000 ? { maxTokens: value } : undefined;
}
