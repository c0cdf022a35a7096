import { labReport } from '../../../shared/comparison/index.ts';
import type { LabRecord } from '../../../shared/model/lab.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Bin } from '../base/bin.ts';
import type { EngineHandlers, HandlersOf } from '../base/handlers.ts';
import type { Board } from '../services/index.ts';
import type { CompareService } from './compare-service.ts';
import type { LabDesk } from './desk.ts';
import type { LabHistory } from './history.ts';

/** What may be asked of comparisons. */
export function createComparisonHandlers(use: {
  readonly board: Pick<Board, 'list'>;
  readonly labDesk: LabDesk;
  readonly compare: CompareService;
  readonly labHistory: LabHistory;
  readonly bin: Bin;
}): HandlersOf<'lab'> & Pick<EngineHandlers, 'services.compare'> {
  const { board, labDesk, labHistory, bin } = use;
  return {
    'services.compare': ({ serviceId, ...how }, signal) => use.compare(serviceId, how, signal),
    'lab.start'({ serviceIds, thorough = false }) {
      const running = board.list().filter(({ public: mapping, tunnel, service }) => {
        const seen = service.listens !== undefined || mapping !== undefined || tunnel !== undefined;
        return serviceIds.length === 0 ? seen : serviceIds.includes(service.id);
      });
      if (serviceIds.length > 0 && running.length === 0) return fail('service_not_found');
      labDesk.start(
        running.map(({ service }) => service.id),
        thorough,
      );
      return ok({ count: running.length });
    },
    'lab.cancel'() {
      labDesk.cancel();
      return ok(null);
    },
    'lab.history': async ({ serviceId }) => ok(await labHistory.list(serviceId)),
    async 'lab.latest'() {
      // Newest first: the first of a service is its latest.
      const latest = new Map<string, LabRecord>();
      for (const record of await labHistory.list())
        if (!latest.has(record.serviceId)) latest.set(record.serviceId, record);
      return ok([...latest.values()]);
    },
    'lab.forget': async ({ id }) => bin.keep(ok(await labHistory.forget(id))),
    async 'lab.export'({ id, format, language }) {
      const record = await labHistory.get(id);
      if (record === undefined) return fail('record_not_found');
      const day = new Date(record.at).toISOString().slice(0, 10);
      const name = `gearway-${record.serviceName}-${day}`;
      if (format === 'json') return ok({ fileName: `${name}.json`, text: asJson(record) });
      const before = (await labHistory.list(record.serviceId)).find((other) => other.at < record.at);
      return ok({ fileName: `${name}.md`, text: labReport(record, language, before) });
    },
  };
}

/** Without the ids, which say nothing to anybody else and name a container of this account. */
function asJson({ id: _id, serviceId: _serviceId, ...rest }: LabRecord): string {
  return `${JSON.stringify(rest, undefined, 2)}\n`;
}
