import { describe, expect, it } from 'vitest';
import { shownOf } from './use-hoped.ts';

describe('a choice that is not kept yet', () => {
  it.each([
    ['what is kept, where nothing was chosen', 'auto', undefined, 'auto'],
    ['the choice, at once', 'auto', { wanted: 'tunnel', before: 'auto' }, 'tunnel'],
    ['what is kept, as soon as it has moved', 'tunnel', { wanted: 'tunnel', before: 'auto' }, 'tunnel'],
    ['the newer of two, when somebody else chose', 'public', { wanted: 'tunnel', before: 'auto' }, 'public'],
  ])('shows %s', (_what, kept, hope, shown) => {
    expect(shownOf(kept, hope)).toBe(shown);
  });
});
