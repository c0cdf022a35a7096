import { comparisonReport } from '../../../shared/comparison/index.ts';
import type { ComparisonRecord } from '../../../shared/model/comparison-record.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Bin } from '../base/bin.ts';
import type { EngineHandlers, HandlersOf } from '../base/handlers.ts';
import type { Board } from '../services/index.ts';
import type { CompareService } from './compare-service.ts';
import type { ComparisonHistory } from './history.ts';
import type { ComparisonQueue } from './queue.ts';

/** What may be asked of comparisons. */
export function createComparisonHandlers(use: {
  readonly board: Pick<Board, 'list'>;
  readonly comparisonQueue: ComparisonQueue;
  readonly compare: CompareService;
  readonly comparisonHistory: ComparisonHistory;
  readonly bin: Bin;
}): HandlersOf<'comparison'> & Pick<EngineHandlers, 'services.compare'> {
  const { board, comparisonQueue, comparisonHistory, bin } = use;
  return {
    'services.compare': ({ serviceId, ...how }, signal) => use.compare(serviceId, how, signal),
    'comparison.start'({ serviceIds, thorough = false }) {
      const running = board.list().filter(({ public: mapping, tunnel, service }) => {
        const seen = service.listens !== undefined || mapping !== undefined || tunnel !== undefined;
        return serviceIds.length === 0 ? seen : serviceIds.includes(service.id);
      });
      if (serviceIds.length > 0 && running.length === 0) return fail('service_not_found');
      comparisonQueue.start(
        running.map(({ service }) => service.id),
        thorough,
      );
      return ok({ count: running.length });
    },
    'comparison.cancel'() {
      comparisonQueue.cancel();
      return ok(null);
    },
    'comparison.history': async ({ serviceId }) => ok(await comparisonHistory.list(serviceId)),
    async 'comparison.latest'() {
      // Newest first: the first of a service is its latest.
      const latest = new Map<string, ComparisonRecord>();
      for (const record of await comparisonHistory.list())
        if (!latest.has(record.serviceId)) latest.set(record.serviceId, record);
      return ok([...latest.values()]);
    },
    'comparison.forget': async ({ id }) => bin.keep(ok(await comparisonHistory.forget(id))),
    async 'comparison.export'({ id, format, language }) {
      const record = await comparisonHistory.get(id);
      if (record === undefined) return fail('record_not_found');
      const day = new Date(record.at).toISOString().slice(0, 10);
      const name = `gearway-${record.serviceName}-${day}`;
      if (format === 'json') return ok({ fileName: `${name}.json`, text: asJson(record) });
      const before = (await comparisonHistory.list(record.serviceId)).find((other) => other.at < record.at);
      return ok({ fileName: `${name}.md`, text: comparisonReport(record, language, before) });
    },
  };
}

/** Without the ids, which say nothing to anybody else and name a container of this account. */
function asJson({ id: _id, serviceId: _serviceId, ...rest }: ComparisonRecord): string {
  return `${JSON.stringify(rest, undefined, 2)}\n`;
}
