import type { LaunchListing, ProcessOfLaunch } from '../../../shared/launch/remote/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import { pause } from '../base/pause.ts';

/** How often it is asked whether the processes are gone, and how long those that were killed may take, in milliseconds. */
const askEveryMs = 250;
const forcedMs = 3_000;

/**
 * Ask, wait, force: `TERM`, then up to `graceMs`, then `KILL`. The process table is read anew each time, because a
 * service that ends may start others. The runner is spared until the end: it notes how the service ended.
 * Always settles; `launch_not_stopped` {count}, and the errors of `list` and `send`.
 */
export async function stopProcesses(options: {
  readonly list: () => Promise<Result<LaunchListing>>;
  readonly membersOf: (
    listing: LaunchListing,
  ) => { readonly runner?: ProcessOfLaunch; readonly members: readonly ProcessOfLaunch[] } | undefined;
  readonly send: (name: 'TERM' | 'KILL', processes: readonly ProcessOfLaunch[]) => Promise<Result<null>>;
  readonly graceMs: number;
  /** From then on nothing is waited for: a person may lose patience in the middle. */
  readonly isForced: () => boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): Promise<Result<null>> {
  const { clock, signal } = options;
  const begunAt = clock.now();
  let forcedAt: number | undefined;
  const asked = new Set<string>();
  const nameOf = (one: ProcessOfLaunch) => `${one.pid}:${one.begun}`;
  for (;;) {
    const listing = await options.list();
    if (!listing.ok) return listing;
    const found = options.membersOf(listing.value);
    if (found === undefined) return fail('launch_not_found');
    const { runner, members } = found;
    if (members.length === 0 && runner === undefined) {
      // Nothing ran: it is noted all the same that a person wanted it stopped.
      return asked.size === 0 ? options.send('TERM', []) : ok(null);
    }
    const now = clock.now();
    if (options.isForced() || now - begunAt >= options.graceMs) forcedAt ??= now;
    const force = forcedAt !== undefined;
    if (forcedAt !== undefined && now - forcedAt > forcedMs)
      return fail('launch_not_stopped', { params: { count: members.length } });
    // A process is asked once; force comes again and again. A runner without a service has nothing left to note.
    const due = force ? members : members.filter((one) => !asked.has(nameOf(one)));
    const idle = members.length === 0 && runner !== undefined && (force || asked.has(nameOf(runner)));
    const targets = idle && runner !== undefined ? [runner] : due;
    if (members.length === 0 && runner !== undefined) asked.add(nameOf(runner));
    if (targets.length > 0) {
      const sent = await options.send(force || idle ? 'KILL' : 'TERM', targets);
      if (!sent.ok) return sent;
      for (const one of targets) asked.add(nameOf(one));
    }
    if (!(await pause(askEveryMs, clock, signal))) return fail('cancelled');
  }
}
