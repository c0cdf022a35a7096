import type { Fix } from '../verdicts/fixes.ts';

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
export const exposureLevels = ['control', 'read', 'tells'] as const;
export type ExposureLevel = (typeof exposureLevels)[number];

/** One thing that was given to a question without a login. Of its content only the names of models are kept. */
export interface ExposedThing {
  readonly code: ExposedCode;
  readonly level: ExposureLevel;
  /** Where it was asked: `/api/tags`. */
  readonly path: string;
  /** Values for its sentence: `names` with `models`. */
  readonly params?: Readonly<Record<string, string>>;
}

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
export interface AuditReport {
  /** The service's. */
  readonly id: string;
  readonly serviceName: string;
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly verdict: AuditVerdict;
  /** The worst first. */
  readonly things: readonly ExposedThing[];
  /** The line that makes its program ask for a login; absent where none is known: a tunnel in place of the mapping. */
  readonly fix?: Fix;
}

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
