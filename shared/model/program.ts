/** What a program of this computer is for, which decides what it can be given. */
export const programKinds = ['terminal', 'editor', 'gateway', 'files', 'client', 'browser'] as const;
export type ProgramKind = (typeof programKinds)[number];

/** A program of this computer that was found. */
export interface FoundProgram {
  /** Names it in the contract: `code`, `psql`. */
  readonly id: string;
  /** As its maker writes it. */
  readonly name: string;
  readonly kind: ProgramKind;
}
