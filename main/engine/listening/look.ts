import { type Listening, listeningCommand, readListening } from '../../../shared/probe/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

/** Runs one command in a container. */
export type Exec = (
  command: string,
  signal: AbortSignal,
) => Promise<Result<{ readonly stdout: string; readonly stderr: string; readonly code: number }>>;

/** Asks a container what listens in it. The errors of `exec`; `ssh_lost` when the answer was cut off. */
export async function look(exec: Exec, signal: AbortSignal): Promise<Result<readonly Listening[]>> {
  const answer = await exec(listeningCommand, signal);
  if (!answer.ok) return answer;
  const listening = readListening(answer.value.stdout);
  return listening === undefined
    ? fail('ssh_lost', { detail: answer.value.stderr.slice(0, 200) })
    : ok(listening);
}
