import { describe, expect, it } from 'vitest';
import { readNumbers, readPlan, usualPlan } from './speed-plan.ts';

const about = { serviceId: 's', model: 'm', routes: ['public', 'tunnel'] as const };

describe('a plan of a measurement', () => {
  it('is read as it was typed', () => {
    expect(readPlan(usualPlan, about)).toEqual({
      plan: {
        ...about,
        routes: ['public', 'tunnel'],
        promptTokens: [16, 512],
        parallel: [1, 4],
        answerTokens: 48,
      },
    });
  });

  it('names what is wrong', () => {
    expect(readPlan({ prompts: '', parallel: '1, 33', answer: '5' }, about)).toEqual({
      wrong: new Set(['prompts', 'parallel']),
    });
  });

  it.each([
    ['4，1、', undefined],
    ['4，1 1', [1, 4]],
    ['1.5', undefined],
    ['x', undefined],
    ['1 2 3 4', undefined],
  ])('reads %j as %j', (text, numbers) => {
    expect(readNumbers(text, { least: 1, most: 32, count: 3 })).toEqual(numbers);
  });
});
