import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../../shared/model/activity.ts';
import { byDay, dayStart, matching, mergeNewest } from './arrange.ts';

const at = (text: string) => new Date(text).getTime();
const event = (id: number, when = '2026-11-25T10:00:00'): ActivityEvent => ({
  id,
  code: 'service_up',
  at: at(when),
  lastAt: at(when),
  times: 1,
});
const ids = (events: readonly ActivityEvent[]) => events.map(({ id }) => id);

describe('what happened', () => {
  it('is cut at midnights', () => {
    const days = byDay([
      event(3, '2026-11-25T00:00:00'),
      event(2, '2026-11-24T23:59:59'),
      event(1, '2026-11-24T01:00:00'),
    ]);
    expect(days.map(({ start, events }) => [start, ids(events)])).toEqual([
      [dayStart(at('2026-11-25T12:00:00')), [3]],
      [dayStart(at('2026-11-24T12:00:00')), [2, 1]],
    ]);
    expect(byDay([])).toEqual([]);
  });

  it.each([
    ['what is new comes before what was there', [3, 2, 1], [5, 4], 2, [5, 4, 3, 2, 1]],
    ['what is there is not doubled', [3, 2, 1], [4, 3], 2, [4, 3, 2, 1]],
    ['a list that was cleared is empty', [3, 2, 1], [], 2, []],
    ['few are all that there are', [3, 2, 1], [4], 2, [4]],
  ])('%s', (_what, loaded, newest, asked, wanted) => {
    const make = (list: readonly number[]) => list.map((id) => event(id));
    expect(ids(mergeNewest(make(loaded), make(newest), asked))).toEqual(wanted);
  });

  it('is found by its sentence, whatever the case', () => {
    const sentence = ({ id }: ActivityEvent) => `Web ${id}`;
    expect(ids(matching([event(1), event(2)], ' WEB 2 ', sentence))).toEqual([2]);
    expect(ids(matching([event(1)], '', sentence))).toEqual([1]);
  });
});
