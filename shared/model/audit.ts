import { z } from 'zod';

/** What a public address gives to everybody; each has words under `measure.audit.gives`. */
export const exposedCodes = [
  /** Notebooks and a terminal, without a token: whoever has the address runs code. */
  'notebooks',
  /** Takes work for the GPU from anyone. */
  'jobs',
  /** A model server lists its models, `names`, and answers. */
  'models',
  /** An app that anyone can use. */
  'app',
  /** A list of files, or training logs. */
  'files',
  'page',
  'docs',
  'metrics',
  'version',
] as const;
export type ExposedCode = (typeof exposedCodes)[number];

/** How bad it is: anybody can make it work or run code, read what is there, or only learn what it is. */
const exposureLevels = ['control', 'read', 'tells'] as const;
export type ExposureLevel = (typeof exposureLevels)[number];

/** One thing that was given to a question without a login. Of its content only the names of models are kept. */
const exposedThingSchema = z.strictObject({
  code: z.enum(exposedCodes),
  level: z.enum(exposureLevels),
  /** Where it was asked: `/api/tags`. */
  path: z.string(),
  /** Values for its sentence: `names` with `models`. */
  params: z.record(z.string(), z.string()).optional(),
});
export type ExposedThing = z.infer<typeof exposedThingSchema>;

export const auditVerdicts = [
  /** Answers anyone. */
  'open',
  /** Asks for a login and gives nothing without one. */
  'login',
  /** Asks for a login and still tells something. */
  'partly',
  /** Answers, and gives nothing to these questions. */
  'nothing',
  /** Did not answer: nothing can be said. */
  'silent',
] as const;
export type AuditVerdict = (typeof auditVerdicts)[number];

/** What the audit found at one public address. By service. */
export const auditReportSchema = z.strictObject({
  /** The service's. */
  id: z.string().min(1),
  serviceName: z.string(),
  url: z.string(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  verdict: z.enum(auditVerdicts),
  /** The worst first. */
  things: z.array(exposedThingSchema).readonly(),
  /** The line that makes its program ask for a login; absent where none is known: a tunnel in place of the mapping. */
  fix: z.strictObject({ program: z.string(), line: z.string() }).optional(),
});
export type AuditReport = z.infer<typeof auditReportSchema>;

/** Published while the audit works. */
export type AuditState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly startedAt: number; readonly done: number; readonly count: number };

/** The mark of an address that answers to anyone. */
export interface Exposed {
  /** `probe`: its page came without a login; `audit`: what it gives was asked for. */
  readonly by: 'probe' | 'audit';
  readonly level: ExposureLevel;
}
