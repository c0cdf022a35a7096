import { z } from 'zod';
import { type ComparisonRecord, comparisonRecordSchema } from '../../../shared/model/comparison-record.ts';
import { ok } from '../../../shared/result.ts';
import type { PutBack } from '../base/bin.ts';
import type { KeptFile } from '../base/kept-file.ts';

/** Comparisons that were made, newest first, on disk. */
export interface ComparisonHistory {
  /** Of one service, or all. */
  list(serviceId?: string): Promise<readonly ComparisonRecord[]>;
  get(id: string): Promise<ComparisonRecord | undefined>;
  add(record: ComparisonRecord): Promise<void>;
  forget(id: string): Promise<PutBack>;
  /** Everything of these services. */
  forgetServices(isGone: (serviceId: string) => boolean): Promise<PutBack>;
}

/** About 4 KB each: 2 MB at most. */
const mostOfOne = 30;
const mostOfAll = 500;

export const historySchema = z.array(z.preprocess(fromEarlier, comparisonRecordSchema));

/** Until 2026-12 what was measured stood under `lab`: such records stay readable. */
function fromEarlier(record: unknown): unknown {
  if (typeof record !== 'object' || record === null || !('lab' in record) || 'measured' in record)
    return record;
  const { lab, ...rest } = record;
  return { ...rest, measured: lab };
}

export function createHistory(file: KeptFile<readonly ComparisonRecord[]>): ComparisonHistory {
  let loading: Promise<readonly ComparisonRecord[]> | undefined;
  const all = () => {
    loading ??= file.read().then((records) => records ?? []);
    return loading;
  };
  const keep = async (records: readonly ComparisonRecord[]) => {
    loading = Promise.resolve(records);
    await file.write(records);
  };
  const remove = async (isGone: (record: ComparisonRecord) => boolean): Promise<PutBack> => {
    const gone = (await all()).filter(isGone);
    await keep((await all()).filter((record) => !isGone(record)));
    return async () => {
      await keep([...(await all()), ...gone].sort((a, b) => b.at - a.at).slice(0, mostOfAll));
      return ok(null);
    };
  };
  return {
    async list(serviceId) {
      const records = await all();
      return serviceId === undefined ? records : records.filter((record) => record.serviceId === serviceId);
    },
    get: async (id) => (await all()).find((record) => record.id === id),
    async add(record) {
      const others = await all();
      let ofThis = 0;
      await keep(
        [record, ...others]
          .filter((one) => one.serviceId !== record.serviceId || ++ofThis <= mostOfOne)
          .slice(0, mostOfAll),
      );
    },
    forget: (id) => remove((record) => record.id === id),
    forgetServices: (isGone) => remove(({ serviceId }) => isGone(serviceId)),
  };
}
