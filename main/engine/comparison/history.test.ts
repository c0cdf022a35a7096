import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ComparisonRecord } from '../../../shared/model/comparison-record.ts';
import { silentLog } from '../base/effects.ts';
import { createKeptFile } from '../base/kept-file.ts';
import { createHistory, historySchema } from './history.ts';
import { routeOfRounds } from './rounds.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gearway-history-'));
});
afterEach(() => rm(folder, { recursive: true }));

const open = () =>
  createHistory(
    createKeptFile({
      path: join(folder, 'comparisons.json'),
      parse: (value) => historySchema.parse(value),
      log: silentLog,
    }),
  );
const record = (id: string, serviceId = 'a:1'): ComparisonRecord => ({
  id,
  serviceId,
  serviceName: 'web',
  at: Number(id),
  advice: [{ code: 'about_the_same' }],
  measured: {
    startedAt: 0,
    tookMs: 1,
    bytes: 2,
    work: 'none',
    public: routeOfRounds([], 'route_absent'),
    tunnel: routeOfRounds([], 'route_absent'),
  },
});

describe('the history of comparisons', () => {
  it('is there again after a restart, newest first, readable by its owner only', async () => {
    const history = open();
    await history.add(record('1'));
    await history.add(record('2', 'b:1'));
    await history.add(record('3'));
    expect((await open().list()).map(({ id }) => id)).toEqual(['3', '2', '1']);
    expect((await open().list('a:1')).map(({ id }) => id)).toEqual(['3', '1']);
    expect((await stat(join(folder, 'comparisons.json'))).mode & 0o077).toBe(0);
  });

  it('reads what earlier versions wrote', async () => {
    const { measured, ...rest } = record('7');
    await writeFile(join(folder, 'comparisons.json'), JSON.stringify([{ ...rest, lab: measured }]));
    expect(await open().list()).toEqual([record('7')]);
  });

  it('keeps thirty of one service, and those of others', async () => {
    const history = open();
    await history.add(record('0', 'b:1'));
    for (let index = 1; index <= 40; index += 1) await history.add(record(String(index)));
    expect(await history.list('a:1')).toHaveLength(30);
    expect(await history.list('b:1')).toHaveLength(1);
  });

  it('forgets one', async () => {
    const history = open();
    await history.add(record('1'));
    await history.forget('1');
    expect(await open().list()).toEqual([]);
  });

  it('forgets services that are gone, and no others', async () => {
    const history = open();
    await history.add(record('1'));
    await history.add(record('2', 'b:1'));
    await history.forgetServices((id) => id.startsWith('a:'));
    expect((await open().list()).map(({ id }) => id)).toEqual(['2']);
  });

  it('begins anew beside a damaged file', async () => {
    await writeFile(join(folder, 'comparisons.json'), '[{"id":');
    expect(await open().list()).toEqual([]);
    expect(await readdir(folder)).toEqual(['comparisons.json.damaged']);
  });
});
