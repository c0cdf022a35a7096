import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import { pause } from '../base/pause.ts';
import type { PlatformContainer } from '../platform/index.ts';

/** Quick at first for a platform that stops at once, then at the pace of the platform's own command. */
const pauses = [200, 400, 800, 1500, 2000, 3000];

/**
 * Reads a container until its run has ended. A read that fails is tried again until the deadline, because the stop
 * is under way whatever happens to one question; a refused token ends it.
 * Errors: `container_stop_timeout` {name, seconds}, `cancelled`, `token_refused`, `container_not_found`.
 */
export async function waitUntilEnded(options: {
  readonly read: () => Promise<Result<PlatformContainer>>;
  readonly name: string;
  readonly deadlineMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): Promise<Result<null>> {
  const { clock, signal, deadlineMs } = options;
  const end = clock.now() + deadlineMs;
  for (let round = 0; ; round += 1) {
    const answer = await options.read();
    if (answer.ok && answer.value.status.kind === 'ended' && answer.value.status.ending !== true)
      return ok(null);
    if (!answer.ok && isFinal(answer.error.code)) return answer;
    const left = end - clock.now();
    if (left <= 0) {
      const params = { name: options.name, seconds: Math.round(deadlineMs / 1000) };
      return fail('container_stop_timeout', { params });
    }
    const wanted = pauses[Math.min(round, pauses.length - 1)] ?? left;
    if (!(await pause(Math.min(wanted, left), clock, signal))) return fail('cancelled');
  }
}

const isFinal = (code: string): boolean =>
  ['cancelled', 'token_refused', 'container_not_found', 'not_signed_in'].includes(code);
