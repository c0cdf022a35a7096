import type { AuditReport } from '../../../shared/model/audit.ts';
import type { Service } from '../../../shared/model/service.ts';

/** One public address that works now. */
export interface AuditRow {
  readonly service: Service;
  readonly url: string;
  readonly report?: AuditReport;
}

const verdicts = ['open', 'partly', undefined, 'silent', 'nothing', 'login'] as const;
const rank = ({ report, service }: AuditRow): number =>
  (report?.things.some(({ level }) => level === 'control') ?? service.exposed?.level === 'control')
    ? -1
    : verdicts.indexOf(report?.verdict);

/** Every mapped service, the most open first, then by name. Pure. */
export const auditRows = (
  services: Readonly<Record<string, Service>>,
  audits: Readonly<Record<string, AuditReport>>,
): readonly AuditRow[] =>
  Object.values(services)
    .flatMap((service): readonly AuditRow[] =>
      service.exposure.kind === 'mapped'
        ? [{ service, url: service.exposure.url, report: audits[service.id] }]
        : [],
    )
    .sort((a, b) => rank(a) - rank(b) || a.service.name.localeCompare(b.service.name));
