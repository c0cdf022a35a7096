import { fail, ok } from '../../../shared/result.ts';
import type { Capabilities } from '../wiring/assemble.ts';
import type { EngineHandlers } from '../wiring/handlers.ts';

/** What the window asks of the audit. */
export function createAuditHandlers({
  audit,
  board,
}: Pick<Capabilities, 'audit' | 'board'>): Pick<EngineHandlers, 'audit.start' | 'audit.cancel'> {
  return {
    'audit.start'({ serviceIds }) {
      const asked = new Set(serviceIds);
      const known = board.list().filter(({ service }) => asked.size === 0 || asked.has(service.id));
      if (asked.size > 0 && known.length === 0) return fail('service_not_found');
      const mapped = known.flatMap(({ service, public: mapping }) =>
        mapping === undefined
          ? []
          : [
              {
                ...mapping,
                id: service.id,
                name: service.name,
                port: service.port,
                kindName: service.kindName,
                process: service.listens?.process,
              },
            ],
      );
      if (asked.size > 0 && mapped.length === 0) return fail('public_absent');
      audit.start(mapped);
      return ok({ count: mapped.length });
    },
    'audit.cancel'() {
      audit.cancel();
      return ok(null);
    },
  };
}
