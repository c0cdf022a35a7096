import type { RequestInput } from '../../../shared/contract/requests.ts';
import type { FoundProgram } from '../../../shared/model/program.ts';
import { type OpenTarget, waysTo } from '../../../shared/open-in/index.ts';

export interface OpenInChoice {
  readonly program: FoundProgram;
  /** The line that does the same in a terminal; empty where the address is chosen only when it is opened. */
  readonly command: string;
  readonly input: RequestInput<'shell.openIn'>;
}

/** What can be opened with the programs of this computer, and how each is ordered. Pure. */
export function openInCommands(
  of: RequestInput<'shell.openIn'>['of'],
  id: string,
  target: OpenTarget | undefined,
  programs: readonly FoundProgram[],
): readonly OpenInChoice[] {
  if (target === undefined) return [];
  return waysTo(target, programs).map(({ program, command }) => ({
    program,
    command,
    input: { of, id, program: program.id },
  }));
}
