import { describe, expect, it } from 'vitest';
import { createAnswerReader } from './answer-reader.ts';

const chunk = (content: string, more = '') =>
  `{"choices":[{"delta":{"content":${JSON.stringify(content)}}}]${more}}`;
const whole =
  '{"object":"chat.completion","choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}]}';

function read(body: string, size: number) {
  let text = '';
  let trouble: string | undefined;
  const reader = createAnswerReader((part) => {
    text += part.text;
    trouble ??= part.trouble;
  });
  for (let at = 0; at < body.length; at += size) reader.feed(body.slice(at, at + size));
  reader.end();
  return { text, trouble, done: reader.isDone() };
}

describe('the body of a chat', () => {
  it.each<[string, string, { text: string; done: boolean; trouble?: string }]>([
    [
      'as events',
      `data: ${chunk('Hel')}\n\ndata: ${chunk('lo')}\n\ndata: [DONE]\n\n`,
      { text: 'Hello', done: true },
    ],
    [
      'whose last event has no empty line',
      `data: ${chunk('Hel')}\n\ndata: ${chunk('lo')}`,
      { text: 'Hello', done: false },
    ],
    ['whose end has no empty line', `data: ${chunk('Hello')}\n\ndata: [DONE]`, { text: 'Hello', done: true }],
    ['whose end has a space', `data: ${chunk('Hello')}\n\ndata: [DONE] \n\n`, { text: 'Hello', done: true }],
    [
      'with lines of Windows',
      `data: ${chunk('Hello')}\r\n\r\ndata:[DONE]\r\n\r\n`,
      { text: 'Hello', done: true },
    ],
    [
      'with comments',
      `: ping\n\ndata: ${chunk('Hello')}\n\n: ping\n\ndata: [DONE]\n\n`,
      { text: 'Hello', done: true },
    ],
    [
      'after a byte order mark',
      `\ufeffdata: ${chunk('Hello')}\n\ndata: [DONE]\n\n`,
      { text: 'Hello', done: true },
    ],
    [
      'with partial usage',
      `data: ${chunk('Hel', ',"usage":{"prompt_tokens":2}')}\n\ndata: ${chunk('lo', ',"usage":null')}\n\ndata: [DONE]\n\n`,
      { text: 'Hello', done: true },
    ],
    [
      'with an event that is no JSON',
      `data: ${chunk('Hel')}\n\ndata: {broken\n\ndata: ${chunk('lo')}\n\ndata: [DONE]\n\n`,
      { text: 'Hello', done: true },
    ],
    ['as one whole JSON', whole, { text: 'Hello', done: true }],
    [
      'as one JSON over many lines',
      JSON.stringify(JSON.parse(whole), null, 2),
      { text: 'Hello', done: true },
    ],
    ['as lines of JSON', `${chunk('Hel')}\n${chunk('lo')}\n`, { text: 'Hello', done: false }],
    [
      'that is a flat error',
      '{"object":"error","message":"too long"}',
      { text: '', done: false, trouble: 'too long' },
    ],
    [
      'with an error in its middle',
      `data: ${chunk('Hel')}\n\nevent: error\ndata: {"object":"error","message":"out of memory"}\n\n`,
      { text: 'Hel', done: false, trouble: 'out of memory' },
    ],
    [
      'with an error in plain words',
      'event: error\ndata: out of memory\n\n',
      { text: '', done: false, trouble: 'out of memory' },
    ],
    ['that is a page', '<html><body>Hello</body></html>', { text: '', done: false }],
    ['that is empty', '', { text: '', done: false }],
  ])('%s is read, however it is cut', (_what, body, wanted) => {
    for (const size of [1, 3, 17, 100_000])
      expect(read(body, size)).toEqual({ trouble: undefined, ...wanted });
  });

  it('without an end is not kept', () => {
    for (const begin of ['{"a":"', 'data: ', '<p>']) {
      const reader = createAnswerReader(() => {});
      reader.feed(begin);
      const fed = Array.from({ length: 100 }, () => reader.feed('x'.repeat(100_000)));
      reader.end();
      expect(fed.at(-1)).toBe(false);
      expect(reader.isDone()).toBe(false);
    }
  });
});
