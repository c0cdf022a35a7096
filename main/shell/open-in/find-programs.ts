import { type KnownProgram, knownPrograms } from './known-programs.ts';

/** How this computer is asked; each answers `undefined` or false for what is not there. */
export interface Finders {
  readonly platform: NodeJS.Platform;
  /** The absolute path of a program on the search path. */
  readonly fileOf: (name: string) => Promise<string | undefined>;
  readonly hasApp: (name: string) => Promise<boolean>;
  /** Does a program take addresses of this scheme? */
  readonly hasScheme: (scheme: string) => Promise<boolean>;
}

/** Which of the known programs are here, in their order. Every question is asked at once. */
export async function findPrograms(finders: Finders): Promise<readonly KnownProgram[]> {
  const found = await Promise.all(
    knownPrograms.filter(({ on }) => on.includes(finders.platform)).map((program) => find(program, finders)),
  );
  const here = found.filter((program) => program !== undefined);
  const hasTerminal = here.some(({ kind }) => kind === 'terminal');
  // A client has nowhere to run without one.
  return hasTerminal ? here : here.filter(({ kind }) => kind !== 'client');
}

async function find(program: KnownProgram, finders: Finders): Promise<KnownProgram | undefined> {
  const { shownBy, launcher } = program;
  if (shownBy.what === 'app') return (await finders.hasApp(shownBy.app)) ? program : undefined;
  if (shownBy.what === 'scheme') return (await finders.hasScheme(shownBy.scheme)) ? program : undefined;
  const file = await finders.fileOf(shownBy.file);
  if (file === undefined) return undefined;
  return launcher.how === 'words' ? { ...program, launcher: { ...launcher, file } } : program;
}
