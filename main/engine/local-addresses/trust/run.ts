import { execFile } from 'node:child_process';
import { fail, ok, type Result } from '../../../../shared/result.ts';

/** What a program of the system said. */
interface Ran {
  readonly code: number;
  readonly stdout: string;
}

/** Runs one program to its end: `cancelled`, `certutil_missing` where it is not there, `authority_not_installed` {reason}. */
export type Run = (
  program: string,
  args: readonly string[],
  how: { readonly signal: AbortSignal; readonly deadlineMs: number },
) => Promise<Result<Ran>>;

const longestReason = 200;

export const run: Run = (program, args, { signal, deadlineMs }) =>
  new Promise((resolve) => {
    const child = execFile(
      program,
      [...args],
      { timeout: deadlineMs, signal, windowsHide: true, maxBuffer: 1_000_000 },
      (error, stdout, stderr) => {
        if (error === null) resolve(ok({ code: 0, stdout }));
        else if (signal.aborted) resolve(fail('cancelled'));
        else if (error.code === 'ENOENT') resolve(fail('certutil_missing'));
        else resolve(fail('authority_not_installed', { params: { reason: reasonOf(stderr, stdout) } }));
      },
    );
    // A program that asks for a password gets none, instead of waiting for one.
    child.stdin?.on('error', () => {});
    child.stdin?.end();
  });

/** The last line that a program wrote, as it is: it is in the system's language already. */
const reasonOf = (stderr: string, stdout: string): string =>
  (stderr.trim() || stdout.trim()).split('\n').at(-1)?.trim().slice(0, longestReason) ?? '';
