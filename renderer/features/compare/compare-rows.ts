import { type ComparisonCell, comparisonTable } from '../../../shared/comparison/index.ts';
import type { ComparisonRecord, ComparisonState } from '../../../shared/model/comparison-record.ts';
import type { Container } from '../../../shared/model/container.ts';
import type { Service } from '../../../shared/model/service.ts';
import type { AppError } from '../../../shared/result.ts';

/** One service in the list of all comparisons. */
export interface CompareRow {
  readonly service: Service;
  readonly container: Container;
  /** Its newest comparison. */
  readonly record?: ComparisonRecord;
  /** To the first byte, in the middle of all rounds. */
  readonly public?: ComparisonCell;
  readonly tunnel?: ComparisonCell;
  readonly ratio?: number;
  readonly better?: 'public' | 'tunnel';
  readonly state: 'idle' | 'waiting' | 'running';
  /** Why it was not measured when it was asked for with others. */
  readonly error?: AppError;
}

/** What runs and can be measured, in the order of the list of services. Pure. */
export function compareRows(
  groups: readonly { readonly container: Container; readonly services: readonly Service[] }[],
  latest: readonly ComparisonRecord[],
  comparison: ComparisonState,
): readonly CompareRow[] {
  const records = new Map(latest.map((record) => [record.serviceId, record]));
  return groups
    .filter(({ container }) => container.status.kind === 'running')
    .flatMap(({ container, services }) =>
      services.map((service): CompareRow => {
        const record = records.get(service.id);
        const error = comparison.failed?.find((one) => one.serviceId === service.id)?.error;
        const row = { service, container, state: stateOf(service.id, comparison), ...(error && { error }) };
        if (record === undefined) return row;
        const first = comparisonTable(record.measured).find(({ key }) => key === 'firstByte');
        return {
          ...row,
          record,
          public: first?.public,
          tunnel: first?.tunnel,
          ratio: first?.ratio,
          better: first?.better,
        };
      }),
    );
}

function stateOf(id: string, comparison: ComparisonState): CompareRow['state'] {
  if (comparison.kind === 'idle') return 'idle';
  if (comparison.serviceId === id) return 'running';
  return comparison.waiting.includes(id) ? 'waiting' : 'idle';
}
