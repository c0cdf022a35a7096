import { describe, expect, it } from 'vitest';
import type { Chat } from '../../../shared/model/llm.ts';
import {
  emptyConversation,
  keepAnswers,
  messagesFor,
  readMaxTokens,
  readTemperature,
} from './conversation.ts';

const chat = (id: string, text: string, state: Chat['state'] = { kind: 'done', reason: 'stop' }): Chat => ({
  id,
  serviceId: 's',
  model: 'm',
  text,
  state,
});

describe('a conversation', () => {
  it('sends what was said, the system prompt first, and leaves out questions without an answer', () => {
    const conversation = {
      ...emptyConversation,
      system: ' Be short. ',
      turns: [
        { id: 'a', question: 'one', answer: chat('a', 'first') },
        { id: 'b', question: 'two' },
        { id: 'c', question: 'three' },
      ],
    };
    const chats = { c: chat('c', 'half', { kind: 'stopped' }) };
    expect(
      messagesFor(conversation, chats, 'four').map(({ role, content }) => `${role}: ${content}`),
    ).toEqual([
      'system: Be short.',
      'user: one',
      'assistant: first',
      'user: three',
      'assistant: half',
      'user: four',
    ]);
  });

  it('keeps an answer when it has ended, and no sooner', () => {
    const conversation = { ...emptyConversation, turns: [{ id: 'a', question: 'one' }] };
    const running = { a: chat('a', 'ha', { kind: 'streaming', since: 1 }) };
    expect(keepAnswers(conversation, running)).toBe(conversation);
    const ended = keepAnswers(conversation, { a: chat('a', 'half') });
    expect(keepAnswers(ended, {}).turns[0]?.answer?.text).toBe('half');
  });
});

describe('an option', () => {
  it.each([
    ['', {}],
    ['0,7', { temperature: 0.7 }],
    ['2', { temperature: 2 }],
    ['2.1', undefined],
    ['-1', undefined],
    ['warm', undefined],
  ])('temperature %j', (text, value) => expect(readTemperature(text)).toEqual(value));

  it.each([
    ['', {}],
    ['256', { maxTokens: 256 }],
    ['0', undefined],
    ['1.5', undefined],
    ['many', undefined],
  ])('most tokens %j', (text, value) => expect(readMaxTokens(text)).toEqual(value));
});
