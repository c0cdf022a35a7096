import type { AuditReport, Exposed } from '../model/audit.ts';
import type { Exposure, RouteHealth } from '../model/service.ts';
import { modelKinds, type Recognised, type ServiceKind } from '../model/service-kind.ts';
import { answersOpenly, statusOf, works } from './evidence.ts';

/** Programs that work, or run code, for whoever reaches them. */
const obeys: ReadonlySet<ServiceKind> = new Set([
  ...modelKinds,
  'jupyter',
  'comfyui',
  'sdwebui',
  'gradio',
  'streamlit',
  'marimo',
  'mlflow',
]);

/**
 * The mark of an address that answers to anyone. What the audit found holds for the life of the service in which it
 * asked; before and after, what the probe and the recognition saw by the way. Pure.
 */
export function exposedMark(facts: {
  readonly exposure: Exposure;
  readonly public: RouteHealth;
  readonly kind?: Recognised;
  readonly audit?: AuditReport;
  /** A stranger was let in at an address that should ask. */
  readonly isPassed?: boolean;
}): Exposed | undefined {
  const { exposure, public: health, kind, audit } = facts;
  if (exposure.kind !== 'mapped' || !works(health)) return undefined;
  const since = 'since' in health ? (health.since ?? 0) : 0;
  if (audit !== undefined && audit.url === exposure.url && audit.at >= since && audit.verdict !== 'silent')
    return audit.verdict === 'open' ? { by: 'audit', level: audit.things[0]?.level ?? 'tells' } : undefined;
  const status = statusOf(health);
  if (kind?.guarded === true || status === 401 || status === 403) return undefined;
  // A model server has no page, and answers all the same; llama.cpp lists its models with a key too.
  const isOpenModel = kind !== undefined && modelKinds.has(kind.kind) && kind.kind !== 'llamacpp';
  if (!answersOpenly(health) && !isOpenModel && facts.isPassed !== true) return undefined;
  return { by: 'probe', level: kind !== undefined && obeys.has(kind.kind) ? 'control' : 'read' };
}
