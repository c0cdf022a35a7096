import { describe, expect, it } from 'vitest';
import { makeRecord } from '../../testing/make-record.ts';
import { wordsIn } from '../../words/use-words.ts';
import { comparisonPicture } from './comparison-picture.ts';
import { liveText } from './live-text.ts';

const texts = (language: 'en' | 'zh-CN') =>
  comparisonPicture(makeRecord(), wordsIn(language)).marks.flatMap((mark) =>
    mark.kind === 'text' ? [mark.text] : [],
  );

describe('the picture of a comparison', () => {
  it.each(['en', 'zh-CN'] as const)('says what was measured and what follows, in %s', (language) => {
    const said = texts(language);
    const { measure, services } = wordsIn(language).texts;
    expect(said).toEqual(
      expect.arrayContaining([
        'web',
        services.public,
        services.tunnel,
        measure.comparison.row.firstByte,
        '84 ms',
      ]),
    );
    expect(said).toContain(wordsIn(language).say(measure.advice.tunnel_is_faster, { times: 7 }));
  });

  it('holds no id and no value that is left open', () => {
    const all = texts('en').join('\n');
    expect(all).not.toContain('abcdefghijkl');
    expect(all).not.toContain('{{');
  });

  it.each(['en', 'zh-CN'] as const)('has every mark inside of it, in %s', (language) => {
    const { marks, width, height } = comparisonPicture(makeRecord(), wordsIn(language));
    for (const mark of marks) {
      expect(mark.x + mark.width).toBeLessThanOrEqual(width);
      expect(mark.y).toBeLessThan(height);
    }
  });
});

describe('what is so now', () => {
  it('writes spans of time as people say them', () => {
    const words = wordsIn('en');
    expect(liveText({ code: 'holds', params: { seconds: 7_500 } }, words)).toBe('Has held for 2 h 5 min');
    expect(liveText({ code: 'places_used', params: { used: 3, max: 5 } }, words)).toBe('3 of 5 places used');
    expect(liveText({ code: 'not_mapped' }, words)).toBe('Not mapped');
  });
});
