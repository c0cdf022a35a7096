import { type LabCell, labTable } from '../../../shared/comparison/index.ts';
import type { Container } from '../../../shared/model/container.ts';
import type { LabRecord, LabState } from '../../../shared/model/lab.ts';
import type { Service } from '../../../shared/model/service.ts';
import type { AppError } from '../../../shared/result.ts';

/** One service in the list of all comparisons. */
export interface CompareRow {
  readonly service: Service;
  readonly container: Container;
  /** Its newest comparison. */
  readonly record?: LabRecord;
  /** To the first byte, in the middle of all rounds. */
  readonly public?: LabCell;
  readonly tunnel?: LabCell;
  readonly ratio?: number;
  readonly better?: 'public' | 'tunnel';
  readonly state: 'idle' | 'waiting' | 'running';
  /** Why it was not measured when it was asked for with others. */
  readonly error?: AppError;
}

/** What runs and can be measured, in the order of the list of services. Pure. */
export function compareRows(
  groups: readonly { readonly container: Container; readonly services: readonly Service[] }[],
  latest: readonly LabRecord[],
  lab: LabState,
): readonly CompareRow[] {
  const records = new Map(latest.map((record) => [record.serviceId, record]));
  return groups
    .filter(({ container }) => container.status.kind === 'running')
    .flatMap(({ container, services }) =>
      services.map((service): CompareRow => {
        const record = records.get(service.id);
        const error = lab.failed?.find((one) => one.serviceId === service.id)?.error;
        const row = { service, container, state: stateOf(service.id, lab), ...(error && { error }) };
        if (record === undefined) return row;
        const first = labTable(record.lab).find(({ key }) => key === 'firstByte');
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

function stateOf(id: string, lab: LabState): CompareRow['state'] {
  if (lab.kind === 'idle') return 'idle';
  if (lab.serviceId === id) return 'running';
  return lab.waiting.includes(id) ? 'waiting' : 'idle';
}
