import { fail, ok } from '../../../shared/result.ts';
import type { HandlersOf } from '../base/handlers.ts';
import type { Board } from '../services/index.ts';
import type { Audit } from './audit.ts';

/** Those of these services, or all of them where none is named, that have a public address now. */
export const auditable = (services: ReturnType<Board['list']>, asked: ReadonlySet<string>) =>
  services.flatMap(({ service, public: mapping }) =>
    mapping === undefined || (asked.size > 0 && !asked.has(service.id))
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

/** What the window asks of the audit. */
export function createAuditHandlers(audit: Audit, board: Pick<Board, 'list'>): HandlersOf<'audit'> {
  return {
    'audit.start'({ serviceIds }) {
      const asked = new Set(serviceIds);
      const known = board.list().filter(({ service }) => asked.size === 0 || asked.has(service.id));
      if (asked.size > 0 && known.length === 0) return fail('service_not_found');
      const mapped = auditable(known, asked);
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
