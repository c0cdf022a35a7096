import type { LabFailure, LabRecord, LabStage, LabState } from '../../../shared/model/lab.ts';
import { type Failure, fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock, Log } from '../base/effects.ts';
import type { LabHistory } from './history.ts';
import { type LabLimits, thoroughLimits, usualLimits } from './lab.ts';

export type OnProgress = (stage: LabStage, done: number) => void;

/** Measures one service; what it needs to know of services is its owner's affair. */
export type MeasureService = (
  serviceId: string,
  how: { readonly limits: LabLimits; readonly onProgress: OnProgress; readonly signal: AbortSignal },
) => Promise<Result<Omit<LabRecord, 'id'>>> | Failure;

/** Comparisons one after the other: two at a time would measure each other. */
export interface LabDesk {
  /** Puts services into the queue; those that wait already stay where they are. What fails of them is published. */
  start(serviceIds: readonly string[], thorough: boolean): void;
  /** Waits for its turn and its end. The errors of the measurement, and `cancelled`. */
  run(serviceId: string, thorough: boolean, signal: AbortSignal): Promise<Result<LabRecord>>;
  /** Ends the one under way and forgets those that wait. */
  cancel(): void;
  stop(): void;
}

interface Order {
  readonly serviceId: string;
  readonly thorough: boolean;
  readonly life: AbortController;
  readonly settle: (result: Result<LabRecord>) => void;
}

/** Progress is told no oftener than in steps of a hundredth. */
const step = 0.01;

export function createLabDesk(options: {
  readonly measure: MeasureService;
  readonly history: Pick<LabHistory, 'add'>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
  readonly publish: (state: LabState) => void;
}): LabDesk {
  const queue: Order[] = [];
  let current: Order | undefined;
  let failures: readonly LabFailure[] = [];

  const failed = () => (failures.length === 0 ? {} : { failed: failures });

  const show = (stage: LabStage, done: number, startedAt: number) => {
    if (current === undefined) return;
    const waiting = queue.map((order) => order.serviceId);
    const { serviceId } = current;
    options.publish({ kind: 'running', serviceId, stage, done, startedAt, waiting, ...failed() });
  };

  async function work() {
    if (current !== undefined) return;
    for (let order = queue.shift(); order !== undefined; order = queue.shift()) {
      current = order;
      order.settle(await carryOut(order));
    }
    current = undefined;
    options.publish({ kind: 'idle', ...failed() });
  }

  async function carryOut({ serviceId, thorough, life }: Order): Promise<Result<LabRecord>> {
    if (life.signal.aborted) return fail('cancelled');
    const startedAt = options.clock.now();
    let shown = -1;
    let shownStage: LabStage | undefined;
    const onProgress: OnProgress = (stage, done) => {
      if (stage === shownStage && done - shown < step && done < 1) return;
      shown = done;
      shownStage = stage;
      show(stage, Math.round(done * 100) / 100, startedAt);
    };
    const limits = thorough ? thoroughLimits : usualLimits;
    try {
      const measured = await options.measure(serviceId, { limits, onProgress, signal: life.signal });
      if (!measured.ok) return measured;
      const record = { id: options.newId(), ...measured.value };
      await options.history.add(record);
      return ok(record);
    } catch (error) {
      // One that cannot be measured must not end those that wait behind it.
      options.log('error', 'lab.bug', { error: String(error) });
      return fail('internal');
    }
  }

  const enter = (serviceId: string, thorough: boolean, settle: Order['settle']): Order => {
    const order = { serviceId, thorough, life: new AbortController(), settle };
    queue.push(order);
    void work();
    return order;
  };

  const cancel = () => {
    for (const order of queue.splice(0)) {
      order.life.abort();
      order.settle(fail('cancelled'));
    }
    current?.life.abort();
  };

  return {
    start(serviceIds, thorough) {
      const known = new Set([current, ...queue].map((order) => order?.serviceId));
      if (current === undefined) failures = [];
      for (const serviceId of new Set(serviceIds)) {
        if (known.has(serviceId)) continue;
        failures = failures.filter((one) => one.serviceId !== serviceId);
        enter(serviceId, thorough, (result) => {
          if (!result.ok && result.error.code !== 'cancelled')
            failures = [...failures, { serviceId, error: result.error }];
        });
      }
    },
    run(serviceId, thorough, signal) {
      if (signal.aborted) return Promise.resolve(fail('cancelled'));
      return new Promise((resolve) => {
        const abort = () => order.life.abort();
        const order = enter(serviceId, thorough, (result) => {
          signal.removeEventListener('abort', abort);
          resolve(result);
        });
        signal.addEventListener('abort', abort, { once: true });
      });
    },
    cancel,
    stop: cancel,
  };
}
