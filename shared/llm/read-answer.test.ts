import { describe, expect, it } from 'vitest';
import { readAnswerPart, sentenceOf } from './read-answer.ts';
import { readModels } from './read-models.ts';

const delta = (fields: object, more: object = {}) => ({ choices: [{ index: 0, delta: fields }], ...more });

describe('a chunk of an answer', () => {
  it.each<[string, unknown, Partial<ReturnType<typeof readAnswerPart>>]>([
    ['text', delta({ content: 'a' }), { text: 'a', reasoning: '' }],
    ['text beside null usage', delta({ content: 'a' }, { usage: null }), { text: 'a' }],
    [
      'text beside usage that counts the prompt only',
      delta({ content: 'a' }, { usage: { prompt_tokens: 3 } }),
      { text: 'a', usage: { prompt: 3, completion: undefined } },
    ],
    [
      'text beside usage of nulls',
      delta({ content: 'a' }, { usage: { prompt_tokens: null, completion_tokens: null } }),
      { text: 'a', usage: {} },
    ],
    ['text beside usage of words', delta({ content: 'a' }, { usage: 'none' }), { text: 'a' }],
    [
      'text beside a finish reason that is a number',
      { choices: [{ delta: { content: 'a' }, finish_reason: 1 }] },
      { text: 'a', reason: undefined },
    ],
    [
      'text beside a reasoning that is an object',
      delta({ content: 'a', reasoning: { odd: 1 } }),
      { text: 'a', reasoning: '' },
    ],
    ['thinking as vLLM writes it', delta({ reasoning: 'hm' }), { text: '', reasoning: 'hm' }],
    [
      'thinking as DeepSeek and SGLang write it',
      delta({ reasoning_content: 'hm', content: null }),
      { reasoning: 'hm' },
    ],
    [
      'thinking beside empty text',
      delta({ content: '', reasoning_content: 'hm' }),
      { text: '', reasoning: 'hm' },
    ],
    ['thinking and text together', delta({ content: 'a', reasoning: 'hm' }), { text: 'a', reasoning: 'hm' }],
    [
      'text in parts',
      delta({ content: [{ type: 'text', text: 'a' }, { type: 'image_url' }, { type: 'text', text: 'b' }] }),
      { text: 'ab' },
    ],
    [
      'a whole message',
      { choices: [{ message: { content: 'all' }, finish_reason: 'stop' }] },
      { text: 'all', reason: 'stop' },
    ],
    ['text of the older kind', { choices: [{ text: 'a' }] }, { text: 'a' }],
    ['a refusal of the model', delta({ refusal: 'No.' }), { text: 'No.' }],
    [
      'usage alone',
      { choices: [], usage: { prompt_tokens: 1, completion_tokens: 2 } },
      { text: '', usage: { prompt: 1, completion: 2 } },
    ],
    [
      'usage in other names',
      { choices: [], usage: { input_tokens: 1, output_tokens: 2 } },
      { usage: { prompt: 1, completion: 2 } },
    ],
    ['a flat error', { object: 'error', message: 'too long', code: 400 }, { trouble: 'too long', text: '' }],
    ['a nested error', { error: { message: 'too long' } }, { trouble: 'too long' }],
    ['an error that is text', { error: 'too long' }, { trouble: 'too long' }],
    ['an error in a list', [{ error: { message: 'too long' } }], { trouble: 'too long' }],
    ['an error without words', { error: { code: 3 } }, { trouble: '{"error":{"code":3}}' }],
    [
      'no error beside an answer',
      { ...delta({ content: 'a' }), error: null },
      { text: 'a', trouble: undefined },
    ],
    ['a detail in place of an answer', { detail: 'Not enough memory' }, { trouble: 'Not enough memory' }],
    ['nothing at all', null, { text: '', isAnswer: false, trouble: undefined }],
    ['a number', 7, { text: '', isAnswer: false }],
    ['choices that are none', { choices: 'x' }, { text: '', isAnswer: false }],
  ])('with %s is read', (_what, json, wanted) => {
    expect(readAnswerPart(json)).toMatchObject(
      Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)),
    );
    if ('trouble' in wanted) expect(readAnswerPart(json).trouble).toBe(wanted.trouble);
    if ('reason' in wanted) expect(readAnswerPart(json).reason).toBe(wanted.reason);
  });

  it('with any odd value in any place still gives its text', () => {
    const odd = [null, 0, -1, '', 'x', [], {}, [null], { a: 1 }, true, Number.NaN];
    for (const one of odd)
      for (const place of ['usage', 'id', 'object', 'created', 'system_fingerprint', 'x'])
        expect(readAnswerPart({ ...delta({ content: 'a' }), [place]: one }).text).toBe('a');
    for (const one of odd)
      for (const place of ['role', 'reasoning', 'reasoning_content', 'tool_calls', 'refusal'])
        expect(readAnswerPart(delta({ [place]: one, content: 'a' })).text).toBe('a');
  });
});

it.each<[unknown, string | undefined]>([
  [{ error: { message: 'The model `x` does not exist.' } }, 'The model `x` does not exist.'],
  [{ detail: [{ loc: ['body'], msg: 'field required' }] }, 'field required'],
  [{ errors: [{ message: 'quota' }] }, 'quota'],
  [{ error: { error: { message: 'deep' } } }, 'deep'],
  [{ error: true, reason: 'why' }, 'why'],
  [{ code: 1 }, undefined],
  [[], undefined],
])("finds the server's sentence in %j", (json, sentence) => {
  expect(sentenceOf(json)).toBe(sentence);
});

it.each<[string, readonly string[] | undefined]>([
  ['[{"id":"a"},{"id":"b"}]', ['a', 'b']],
  ['{"models":[{"id":"a"}]}', ['a']],
  ['["a","b"]', ['a', 'b']],
  ['{"object":"list","data":[{"id":"a"},null,7,{"id":7}]}', ['a']],
  ['{"data":null}', []],
  ['{"data":"x"}', undefined],
  ['{}', undefined],
])('reads %s as a list of models', (body, ids) => {
  expect(readModels(body)?.map(({ id }) => id)).toEqual(ids);
});
