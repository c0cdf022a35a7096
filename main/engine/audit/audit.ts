import type { AuditReport, AuditState } from '../../../shared/model/audit.ts';
import type { Answered } from '../../../shared/recognition/index.ts';
import { auditVerdict, fixFor } from '../../../shared/verdicts/index.ts';
import type { Clock } from '../effects.ts';
import { type HostBudget, type PublicTarget, withDeadline } from '../health/index.ts';
import { askAsStranger } from './ask-as-stranger.ts';

/** A mapped service as the audit needs it. */
export interface Auditable extends PublicTarget {
  readonly id: string;
  readonly name: string;
  readonly port: number;
  readonly kindName?: string;
  readonly process?: string;
}

/**
 * Asks the user's own public addresses what a stranger would: what they give without a login, and how to close it.
 * Two services at a time, each within a deadline; a new order replaces one that is under way.
 */
export interface Audit {
  start(services: readonly Auditable[]): void;
  cancel(): void;
  report(id: string): AuditReport | undefined;
  /** The addresses that there are now: reports of others are forgotten. */
  keepOnly(present: ReadonlyMap<string, string>): void;
  stop(): void;
}

const atOnce = 2;
export const auditDeadlineMs = 30_000;

export function createAudit(options: {
  readonly clock: Clock;
  readonly budget: HostBudget;
  readonly onState: (state: AuditState) => void;
  readonly onReports: (reports: readonly AuditReport[]) => void;
  /** For one service, in milliseconds. */
  readonly deadlineMs?: number;
}): Audit {
  const { clock, budget } = options;
  const reports = new Map<string, AuditReport>();
  let life: AbortController | undefined;

  async function one(service: Auditable, signal: AbortSignal): Promise<void> {
    const deadline = withDeadline(signal, options.deadlineMs ?? auditDeadlineMs);
    const answers = await askAsStranger(service, { budget, signal: deadline.signal });
    deadline.end();
    if (signal.aborted) return;
    reports.set(service.id, reportOf(service, answers, clock.now()));
    options.onReports([...reports.values()]);
  }

  const cancel = () => {
    life?.abort();
    life = undefined;
    options.onState({ kind: 'idle' });
  };

  async function work(services: readonly Auditable[], own: AbortController): Promise<void> {
    const startedAt = clock.now();
    const queue = [...services];
    let done = 0;
    const show = () => {
      if (life === own) options.onState({ kind: 'running', startedAt, done, count: services.length });
    };
    const takeTurns = async () => {
      for (let next = queue.shift(); next !== undefined && !own.signal.aborted; next = queue.shift()) {
        await one(next, own.signal);
        done += 1;
        show();
      }
    };
    show();
    await Promise.all(Array.from({ length: atOnce }, takeTurns));
    if (life === own) cancel();
  }

  return {
    start(services) {
      life?.abort();
      const own = new AbortController();
      life = own;
      void work(services, own);
    },
    cancel,
    report: (id) => reports.get(id),
    keepOnly(present) {
      const before = reports.size;
      for (const [id, { url }] of reports) if (present.get(id) !== url) reports.delete(id);
      if (reports.size !== before) options.onReports([...reports.values()]);
    },
    stop: () => life?.abort(),
  };
}

function reportOf(service: Auditable, answers: readonly Answered[], at: number): AuditReport {
  const { verdict, things } = auditVerdict(answers);
  const fix = fixFor(service, 'login');
  return {
    id: service.id,
    serviceName: service.name,
    url: service.url,
    at,
    verdict,
    things,
    ...(fix.line === '' ? {} : { fix }),
  };
}
