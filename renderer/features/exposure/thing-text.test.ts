import { describe, expect, it } from 'vitest';
import type { AuditVerdict, ExposedThing } from '../../../shared/model/audit.ts';
import { wordsIn } from '../../words/use-words.ts';
import { thingText, verdictMark } from './thing-text.ts';

const page: ExposedThing = { code: 'page', level: 'read', path: '/' };
const notebooks: ExposedThing = { code: 'notebooks', level: 'control', path: '/api/contents' };

describe('what an address gives away', () => {
  it('is named with where it was asked', () => {
    const models: ExposedThing = {
      code: 'models',
      level: 'control',
      path: '/v1/models',
      params: { names: 'tiny-chat' },
    };
    expect(thingText(models, wordsIn('en'))).toBe('models: tiny-chat at /v1/models');
    expect(thingText(page, wordsIn('zh-CN'))).toBe('页面（/）');
  });

  it.each<[AuditVerdict, readonly ExposedThing[], string]>([
    ['open', [page], 'warn'],
    ['open', [notebooks, page], 'down'],
    ['partly', [page], 'warn'],
    ['login', [], 'up'],
    ['silent', [], 'idle'],
  ])('%s is marked by its worst', (verdict, things, mark) => {
    expect(verdictMark({ verdict, things })).toBe(mark);
  });
});
