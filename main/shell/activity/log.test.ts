import { describe, expect, it } from 'vitest';
import type { ActivityEvent, Happening } from '../../../shared/model/activity.ts';
import { createActivityLog } from './log.ts';

const about = (name: string, code: Happening['code']): Happening => ({
  code,
  subject: { kind: 'service', id: name, name },
});

function setup(before: readonly ActivityEvent[] = []) {
  let now = 0;
  let changes = 0;
  let onDisk = before;
  const log = createActivityLog({
    now: () => now,
    onChange: () => changes++,
    kept: {
      read: () => onDisk,
      write(events) {
        onDisk = events;
      },
    },
  });
  const wait = (ms: number) => {
    now += ms;
  };
  return { log, wait, changes: () => changes, onDisk: () => onDisk };
}

describe('the list of what happened', () => {
  it('is newest first, and goes on where a page ended', () => {
    const { log } = setup();
    for (const name of ['a', 'b', 'c']) log.add(about(name, 'service_down'));
    const first = log.list({ limit: 2 });
    expect(first.map((event) => event.subject?.name)).toEqual(['c', 'b']);
    expect(log.list({ limit: 2, before: first.at(-1)?.id }).map((event) => event.subject?.name)).toEqual([
      'a',
    ]);
  });

  it('counts what repeats within a minute', () => {
    const { log, wait } = setup();
    log.add(about('a', 'service_down'));
    log.add(about('b', 'service_down'));
    wait(30_000);
    log.add(about('a', 'service_down'));
    expect(log.list({ limit: 9 })).toMatchObject([
      { id: 3, subject: { id: 'a' }, at: 0, lastAt: 30_000, times: 2 },
      { id: 2, subject: { id: 'b' }, times: 1 },
    ]);
    wait(60_001);
    log.add(about('a', 'service_down'));
    expect(log.list({ limit: 9 })).toHaveLength(3);
  });

  it('keeps both when something else happened between', () => {
    const { log } = setup();
    log.add(about('a', 'service_down'));
    log.add(about('a', 'service_up'));
    log.add(about('a', 'service_down'));
    expect(log.list({ limit: 9 })).toHaveLength(3);
  });

  it('is filtered by what it is about and by how much it matters', () => {
    const { log } = setup();
    log.add(about('a', 'service_down'));
    log.add(about('b', 'service_up'));
    log.add({ code: 'system_woke' });
    expect(log.list({ limit: 9, filter: { subjectId: 'b' } })).toHaveLength(1);
    expect(log.list({ limit: 9, filter: { levels: ['bad', 'warning'] } })).toMatchObject([
      { subject: { id: 'a' } },
    ]);
  });

  it('keeps the last two thousand and can be cleared', () => {
    const { log, changes } = setup();
    for (let i = 0; i < 2_100; i++) log.add(about(`s${i}`, 'service_down'));
    expect(log.list({ limit: 9_999 })).toHaveLength(2_000);
    log.clear();
    expect(log.list({ limit: 9 })).toEqual([]);
    expect(changes()).toBe(2_101);
  });

  it('outlives the application, without the words of a far side', () => {
    const first = setup();
    first.log.add({
      ...about('a', 'service_down'),
      error: { code: 'public_bad_gateway', detail: 'GET /?token=abc' },
    });
    expect(first.onDisk()).toEqual([]);
    first.log.flush();
    expect(JSON.stringify(first.onDisk())).not.toContain('token');

    const next = setup(first.onDisk());
    next.log.add({ code: 'app_started' });
    expect(next.log.list({ limit: 9 })).toMatchObject([
      { id: 2, code: 'app_started' },
      { id: 1, code: 'service_down', error: { code: 'public_bad_gateway' } },
    ]);
  });

  it('keeps the last thousand on disk, and nothing of what was cleared', () => {
    const { log, onDisk } = setup();
    for (let i = 0; i < 1_100; i++) log.add(about(`s${i}`, 'service_down'));
    log.flush();
    expect(onDisk()).toHaveLength(1_000);
    expect(onDisk().at(-1)?.subject?.name).toBe('s1099');
    log.clear();
    expect(onDisk()).toEqual([]);
  });
});
