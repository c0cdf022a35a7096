import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Availability } from '../../../shared/model/availability.ts';
import { createCleanup, createHandClock } from '../../testing/index.ts';
import { silentLog } from '../base/effects.ts';
import { createKeptFile } from '../base/kept-file.ts';
import { availabilityFileSchema, createAvailability, mostRoutes } from './availability.ts';
import { emptyCells, noteCells, readCells } from './availability-cells.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

/** A full hour, half-hour and three hours begin here. */
const start = 1_800_003_600 - (1_800_003_600 % 10_800);

describe('the cells of a route', () => {
  it('hold what is known and nothing else', () => {
    const cells = emptyCells();
    expect(readCells(cells, start).hour).toEqual({ knownSeconds: 0, strip: '-'.repeat(60) });
    for (let at = start + 20; at <= start + 120; at += 20) noteCells(cells, true, at, 30);
    const { hour, day, week } = readCells(cells, start + 119);
    expect(hour).toEqual({ share: 1, knownSeconds: 60, strip: `${'-'.repeat(58)}99` });
    expect(day.strip).toBe(`${'-'.repeat(47)}9`);
    expect(week.strip).toBe(`${'-'.repeat(55)}9`);
  });

  it('count time, not questions: an outage is asked about oftener', () => {
    const cells = emptyCells();
    noteCells(cells, true, start, 30);
    for (let at = start + 20; at <= start + 300; at += 20) noteCells(cells, true, at, 30);
    for (let at = start + 302; at <= start + 600; at += 2) noteCells(cells, false, at, 30);
    expect(readCells(cells, start + 600).hour.share).toBeCloseTo(0.5, 2);
  });

  it('know nothing of the time in which nobody asked', () => {
    const cells = emptyCells();
    noteCells(cells, true, start + 60, 30);
    noteCells(cells, false, start + 1_860, 30);
    const { hour } = readCells(cells, start + 1_900);
    expect(hour.knownSeconds).toBe(31);
    expect(hour.strip.replaceAll('-', '')).toBe('90');
  });

  it('forget what is older than their range, whatever the time in between', () => {
    const cells = emptyCells();
    for (let at = start; at <= start + 4_000; at += 20) noteCells(cells, false, at, 30);
    noteCells(cells, true, start + 90_000, 30);
    const { hour, day, week } = readCells(cells, start + 90_000);
    expect(hour).toMatchObject({ share: 1 });
    expect(hour.strip).toBe(`${'-'.repeat(58)}9-`.padStart(60, '-'));
    expect(day.share).toBe(1);
    expect(week.share).toBeLessThan(0.01);
    expect(readCells(cells, start + 90_000 + 8 * 86_400).week.knownSeconds).toBe(0);
  });

  it('mark a cell as always or never only where it is so', () => {
    const cells = emptyCells();
    noteCells(cells, true, start, 60);
    noteCells(cells, true, start + 59, 60);
    noteCells(cells, false, start + 60, 60);
    noteCells(cells, false, start + 119, 60);
    noteCells(cells, true, start + 120, 60);
    expect(readCells(cells, start + 119).hour.strip.slice(-2)).toBe('81');
  });

  it('leave out time that runs backwards, and start over when the clock was far ahead', () => {
    const cells = emptyCells();
    noteCells(cells, true, start + 100, 30);
    noteCells(cells, false, start + 90, 30);
    expect(readCells(cells, start + 100).hour.share).toBe(1);
    noteCells(cells, false, start - 100_000, 30);
    expect(readCells(cells, start - 100_000).hour.share).toBe(0);
  });

  it('never lose or invent a second, whatever happens', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    const cells = emptyCells();
    const notes: { at: number; from: number; good: boolean }[] = [];
    let at = start;
    for (let round = 0; round < 3_000; round += 1) {
      const before = at;
      at += 1 + Math.floor(random() * (random() < 0.01 ? 4_000 : 40));
      const good = random() < 0.7;
      noteCells(cells, good, at, 40);
      notes.push({ at, from: round === 0 ? at - 1 : Math.max(before, at - 40), good });
    }
    const { hour, week } = readCells(cells, at);
    for (const [range, cellSeconds, count] of [
      [hour, 60, 60],
      [week, 10_800, 56],
    ] as const) {
      const begin = (Math.floor(at / cellSeconds) - count + 1) * cellSeconds;
      const within = (which: typeof notes) =>
        which.reduce((sum, note) => sum + Math.max(0, note.at - Math.max(begin, note.from)), 0);
      const known = within(notes);
      expect(range.knownSeconds).toBe(known - (known % 60));
      expect(range.share).toBeCloseTo(within(notes.filter(({ good }) => good)) / known, 3);
    }
  });
});

async function setup() {
  const folder = await mkdtemp(join(tmpdir(), 'gearway-availability-'));
  cleanup.later(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'availability.json');
  const clock = createHandClock(start * 1000);
  let writes = 0;
  const open = () => {
    const published: (readonly Availability[])[] = [];
    const file = createKeptFile({
      path,
      parse: (value) => availabilityFileSchema.parse(value),
      log: silentLog,
    });
    const log = createAvailability({
      clock,
      file: {
        read: file.read,
        write(value) {
          writes += 1;
          return file.write(value);
        },
      },
      publish: (all) => published.push(all),
    });
    return { log, published };
  };
  return { path, open, pass: clock.pass, now: clock.now, timers: clock.waiting, writes: () => writes };
}

describe('availability on disk', () => {
  it('is found again after the engine was killed, but for the last minute', async () => {
    const { open, pass, now, path } = await setup();
    const killed = open();
    await killed.log.start();
    killed.log.note('c:1', 'public', true, now(), 30_000);
    pass(20_000);
    killed.log.note('c:1', 'public', true, now(), 30_000);
    pass(60_000);
    await expect
      .poll(() =>
        stat(path).then(
          ({ size }) => size > 0,
          () => false,
        ),
      )
      .toBe(true);

    const next = open();
    await next.log.start();
    next.log.follow(['c:1', 'c:2']);
    pass(1_000);
    expect(next.published.at(-1)).toMatchObject([
      { id: 'c:1', public: { hour: { share: 1, knownSeconds: 21 } } },
    ]);
  });

  it('shows a route soon after it was first heard of, not with the next minute', async () => {
    const { open, pass, now } = await setup();
    const { log, published } = open();
    await log.start();
    log.follow(['c:1']);
    pass(1_000);
    expect(published.at(-1)).toEqual([]);
    log.note('c:1', 'public', true, now(), 30_000);
    pass(1_000);
    expect(published.at(-1)).toMatchObject([{ id: 'c:1' }]);
  });

  it('moves on with the time, and with each note', async () => {
    const { open, pass, now } = await setup();
    const { log, published } = open();
    await log.start();
    // Into a cell: one begins with the time of these tests.
    pass(10_000);
    log.follow(['c:1']);
    log.note('c:1', 'public', true, now(), 30_000);
    pass(1_000);
    const strip = () => published.at(-1)?.[0]?.public?.hour.strip;
    expect(strip()?.endsWith('9')).toBe(true);
    pass(15_000);
    expect(strip()?.endsWith('9')).toBe(true);
    log.note('c:1', 'public', false, now(), 30_000);
    pass(1_000);
    expect(strip()?.endsWith('1')).toBe(true);
    for (let quarter = 0; quarter < 8; quarter += 1) pass(15_000);
    expect(strip()?.endsWith('1--')).toBe(true);
    await log.stop();
  });

  it('is written once a minute however much there is to note, and when the engine stops', async () => {
    const { open, pass, now, writes, timers } = await setup();
    const { log } = open();
    await log.start();
    for (let round = 0; round < 600; round += 1) {
      log.note(`c:${round % 50}`, 'tunnel', true, now(), 30_000);
      pass(1_000);
    }
    expect(writes()).toBeLessThanOrEqual(10);
    log.note('c:1', 'tunnel', true, now(), 30_000);
    await log.stop();
    expect(writes()).toBeLessThanOrEqual(11);
    expect(timers()).toBe(0);
  });

  it('keeps nothing of services whose account was removed', async () => {
    const { open, now, path } = await setup();
    const { log } = open();
    await log.start();
    for (const id of ['c:1', 'd:1']) log.note(id, 'public', true, now(), 30_000);
    await log.stop();
    const next = open();
    await next.log.start();
    next.log.forget((id) => id.startsWith('c:'));
    await next.log.stop();
    const { routes } = availabilityFileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    expect(Object.keys(routes)).toEqual(['public d:1']);
  });

  it('stays within its space: the longest unheard go', async () => {
    const { open, now, path } = await setup();
    const { log } = open();
    await log.start();
    for (let index = 0; index < mostRoutes + 100; index += 1)
      log.note(`c:${index}`, 'public', true, now() + index * 1_000, 30_000);
    await log.stop();
    const { routes } = availabilityFileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    expect(Object.keys(routes)).toHaveLength(mostRoutes);
    expect(routes['public c:0']).toBeUndefined();
    expect((await stat(path)).size).toBeLessThan(4_000_000);
  });

  it.each(['', '{"version":1,"routes":{"public c:1":[1,"AAAA"]}}', '{"version":9}', '[]'])(
    'starts over where the file is %j',
    async (text) => {
      const { open, path, pass } = await setup();
      await writeFile(path, text);
      const { log, published } = open();
      await log.start();
      log.follow(['c:1']);
      pass(1_000);
      expect(published).toEqual([[]]);
      await log.stop();
    },
  );

  it('is not published while nobody looks, and at once when somebody does', async () => {
    const { open, pass, now } = await setup();
    const { log, published } = open();
    await log.start();
    log.setHidden(true);
    log.follow(['c:1']);
    log.note('c:1', 'public', true, now(), 30_000);
    pass(120_000);
    expect(published).toEqual([]);
    log.setHidden(false);
    expect(published).toHaveLength(1);
    await log.stop();
  });
});
