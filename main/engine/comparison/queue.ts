import type {
  ComparisonFailure,
  ComparisonRecord,
  ComparisonStage,
  ComparisonState,
} from '../../../shared/model/comparison-record.ts';
import { type Failure, fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock, Log } from '../base/effects.ts';
import type { ComparisonHistory } from './history.ts';
import { type ComparisonLimits, thoroughLimits, usualLimits } from './measure-routes.ts';

export type OnProgress = (stage: ComparisonStage, done: number) => void;

/** Measures one service; what it needs to know of services is its owner's affair. */
export type MeasureService = (
  serviceId: string,
  how: { readonly limits: ComparisonLimits; readonly onProgress: OnProgress; readonly signal: AbortSignal },
) => Promise<Result<Omit<ComparisonRecord, 'id'>>> | Failure;

/** Comparisons one after the other: two at a time would measure each other. */
export interface ComparisonQueue {
  /** Puts services into the queue; those that wait already stay where they are. What fails of them is published. */
  start(serviceIds: readonly string[], thorough: boolean): void;
  /** Waits for its turn and its end. The errors of the measurement, and `cancelled`. */
  run(serviceId: string, thorough: boolean, signal: AbortSignal): Promise<Result<ComparisonRecord>>;
  /** Ends the one under way and forgets those that wait. */
  cancel(): void;
  stop(): void;
}

interface Order {
  readonly serviceId: string;
  readonly thorough: boolean;
  readonly life: AbortController;
  readonly settle: (result: Result<ComparisonRecord>) => void;
}

/** Progress is told no oftener than in steps of a hundredth. */
const step = 0.01;

export function createComparisonQueue(options: {
  readonly measure: MeasureService;
  readonly history: Pick<ComparisonHistory, 'add'>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
  readonly publish: (state: ComparisonState) => void;
}): ComparisonQueue {
  const queue: Order[] = [];
  let current: Order | undefined;
  let failures: readonly ComparisonFailure[] = [];

  const failed = () => (failures.length === 0 ? {} : { failed: failures });

  const show = (stage: ComparisonStage, done: number, startedAt: number) => {
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

  async function carryOut({ serviceId, thorough, life }: Order): Promise<Result<ComparisonRecord>> {
    if (life.signal.aborted) return fail('cancelled');
    const startedAt = options.clock.now();
    let shown = -1;
    let shownStage: ComparisonStage | undefined;
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
      options.log('error', 'comparison.bug', { error: String(error) });
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
