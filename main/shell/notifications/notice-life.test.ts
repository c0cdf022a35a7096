import { describe, expect, it } from 'vitest';
import { type NoticeLife, nextNotice, noteTold, patienceMs, quietMs, untold } from './notice-life.ts';

const later = 10 * quietMs;

describe('what of a marked service is worth a notification', () => {
  it.each<[string, NoticeLife, NoticeLife['told'] | undefined, number, boolean, number | undefined]>([
    ['nothing while it is well', untold, 'well', 0, false, undefined],
    ['nothing while nobody knows', { told: 'well', since: 0 }, undefined, later, false, undefined],
    ['not yet, where it fell just now', untold, 'down', 0, false, patienceMs],
    [
      'not yet, a moment before its time',
      { told: 'well', since: 0 },
      'down',
      patienceMs - 1,
      false,
      patienceMs,
    ],
    ['its fall, after its time', { told: 'well', since: 0 }, 'down', patienceMs, true, undefined],
    ['nothing more while it stays down', { told: 'down', toldAt: 0 }, 'down', later, false, undefined],
    [
      'its return, but not within five minutes of the last',
      { told: 'down', toldAt: 0, since: 1_000 },
      'well',
      60_000,
      false,
      quietMs,
    ],
    [
      'its return, five minutes later',
      { told: 'down', toldAt: 0, since: 1_000 },
      'well',
      quietMs,
      true,
      undefined,
    ],
    [
      'a second fall, but not within five minutes of its return',
      { told: 'well', toldAt: quietMs, since: quietMs + 1 },
      'down',
      quietMs + patienceMs + 1,
      false,
      quietMs * 2,
    ],
    [
      'at once what the person saw fall in the window, and comes back now',
      { told: 'down', since: 0 },
      'well',
      patienceMs,
      true,
      undefined,
    ],
  ])('%s', (_name, life, present, now, isDue, lookAt) => {
    expect(nextNotice(life, present, now)).toMatchObject({ isDue });
    expect(nextNotice(life, present, now).lookAt).toBe(lookAt);
  });

  it('forgets since when, as soon as it is again as it was told', () => {
    expect(nextNotice({ told: 'well', since: 5 }, 'well', 9).life).toEqual({ told: 'well' });
  });

  it('counts five minutes from what was shown, and not from what was seen in the window', () => {
    expect(noteTold({ told: 'well', since: 1 }, 'down', 7, true)).toEqual({ told: 'down', toldAt: 7 });
    expect(noteTold({ told: 'well', since: 1 }, 'down', 7, false)).toEqual({ told: 'down' });
    expect(noteTold({ told: 'down', toldAt: 3, since: 5 }, 'well', 7, false)).toEqual({
      told: 'well',
      toldAt: 3,
    });
  });
});
