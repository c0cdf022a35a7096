import { describe, expect, it } from 'vitest';
import type { GateMark } from '../../../shared/model/gate.ts';
import { wordsIn } from '../../words/use-words.ts';
import { gateText, untilText } from './gate-text.ts';

/** Monday, 30 November 2026, 10:00 here. */
const now = new Date(2026, 10, 30, 10).getTime();
const at = (day: number, hour = 18) => new Date(2026, 10, day, hour).getTime();

describe('the end of a share', () => {
  it.each([
    [at(30), '06:00 PM', '18:00'],
    [at(34), 'Friday', '星期五'],
    // A week ahead has today's weekday.
    [at(37, 9), 'December 7', '12月7日'],
    [at(45), 'December 15', '12月15日'],
    [at(400), 'December 5, 2027', '2027年12月5日'],
  ])('is said as short as it is clear', (until, en, zh) => {
    expect([untilText(until, now, 'en'), untilText(until, now, 'zh-CN')]).toEqual([en, zh]);
  });
});

describe('a gate in the lane', () => {
  const gate: GateMark = { asks: 'link', until: at(34), isVerified: true, isPassed: false, isRunning: true };
  it.each<[Partial<GateMark>, string]>([
    [{}, 'by link until Friday'],
    [{ until: undefined }, 'by link'],
    [{ asks: 'password' }, 'asks for a password'],
    [{ asks: 'key', until: undefined }, 'for programs with a key'],
    [{ asks: 'nobody', until: undefined }, 'closed to everyone'],
    [{ isVerified: false }, 'by link until Friday, not verified yet'],
    [{ isRunning: false }, 'gate stopped: closed'],
  ])('with %j is "%s"', (part, text) => {
    expect(gateText({ ...gate, ...part }, wordsIn('en'), now)).toBe(text);
  });
});
