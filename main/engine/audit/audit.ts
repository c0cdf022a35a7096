import { z } from 'zod';
import { type AuditReport, type AuditState, auditReportSchema } from '../../../shared/model/audit.ts';
import type { Answered } from '../../../shared/recognition/index.ts';
import { ok } from '../../../shared/result.ts';
import { auditVerdict, fixFor } from '../../../shared/verdicts/index.ts';
import type { PutBack } from '../base/bin.ts';
import type { Clock } from '../base/effects.ts';
import type { KeptFile } from '../base/kept-file.ts';
import { type HostBudget, type PublicTarget, withDeadline } from '../health/index.ts';
import { askAsStranger } from './ask-as-stranger.ts';

/** A mapped service as the audit needs it. */
interface Auditable extends PublicTarget {
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
  /** Reads what was kept from earlier times. */
  recall(): Promise<void>;
  start(services: readonly Auditable[]): void;
  cancel(): void;
  report(id: string): AuditReport | undefined;
  /** The addresses that there are now, by service: only their reports are shown. Others may come back. */
  keepOnly(present: ReadonlyMap<string, string>): void;
  /** Whose account is given up. */
  forget(ids: (id: string) => boolean): PutBack;
  stop(): Promise<void>;
}

/** On disk: about 600 bytes each. The oldest go first. */
export const auditFileSchema = z.array(auditReportSchema);
const mostReports = 1_500;
/** What was seen so long ago says nothing of today. */
const keptMs = 30 * 86_400_000;

const atOnce = 2;
const auditDeadlineMs = 30_000;

export function createAudit(options: {
  readonly clock: Clock;
  readonly budget: HostBudget;
  readonly onState: (state: AuditState) => void;
  readonly onReports: (reports: readonly AuditReport[]) => void;
  readonly file: KeptFile<readonly AuditReport[]>;
  /** For one service, in milliseconds. */
  readonly deadlineMs?: number;
}): Audit {
  const { clock, budget, file } = options;
  const reports = new Map<string, AuditReport>();
  let present: ReadonlyMap<string, string> = new Map();
  let shown: readonly AuditReport[] = [];
  let writing: Promise<void> = Promise.resolve();
  let life: AbortController | undefined;

  const reportOn = (id: string): AuditReport | undefined => {
    const report = reports.get(id);
    return report !== undefined && present.get(id) === report.url ? report : undefined;
  };

  function show() {
    const next = [...present.keys()].flatMap((id) => reportOn(id) ?? []);
    const isSame = next.length === shown.length && next.every((report, index) => report === shown[index]);
    shown = next;
    if (!isSame) options.onReports(next);
  }

  function keep() {
    const oldest = clock.now() - keptMs;
    const newest = [...reports.values()].filter(({ at }) => at > oldest).sort((a, b) => b.at - a.at);
    const kept = newest.slice(0, mostReports);
    reports.clear();
    for (const report of kept) reports.set(report.id, report);
    writing = file.write(kept);
  }

  async function one(service: Auditable, signal: AbortSignal): Promise<void> {
    const deadline = withDeadline(signal, options.deadlineMs ?? auditDeadlineMs);
    const answers = await askAsStranger(service, { budget, signal: deadline.signal });
    deadline.end();
    if (signal.aborted) return;
    reports.set(service.id, reportOf(service, answers, clock.now()));
    show();
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
    const tell = () => {
      if (life === own) options.onState({ kind: 'running', startedAt, done, count: services.length });
    };
    const takeTurns = async () => {
      for (let next = queue.shift(); next !== undefined && !own.signal.aborted; next = queue.shift()) {
        await one(next, own.signal);
        done += 1;
        tell();
      }
    };
    tell();
    await Promise.all(Array.from({ length: atOnce }, takeTurns));
    if (life === own) cancel();
    keep();
  }

  return {
    async recall() {
      for (const report of (await file.read()) ?? []) reports.set(report.id, report);
      show();
    },
    start(services) {
      life?.abort();
      const own = new AbortController();
      life = own;
      void work(services, own);
    },
    cancel,
    report: reportOn,
    keepOnly(now) {
      present = now;
      show();
    },
    forget(isGone) {
      const gone = [...reports.values()].filter(({ id }) => isGone(id));
      for (const { id } of gone) reports.delete(id);
      keep();
      show();
      return () => {
        for (const report of gone) if (!reports.has(report.id)) reports.set(report.id, report);
        keep();
        show();
        return ok(null);
      };
    },
    async stop() {
      life?.abort();
      await writing;
    },
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
