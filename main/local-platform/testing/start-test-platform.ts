import { silentLog, systemClock } from '../../engine/base/effects.ts';
import type { Cleanup } from '../../testing/index.ts';
import { type LocalPlatform, type LocalPlatformOptions, startLocalPlatform } from '../index.ts';

/** A local platform for a test, whose containers start at once. */
export async function startTestPlatform(
  cleanup: Cleanup,
  own: Partial<LocalPlatformOptions> = {},
): Promise<LocalPlatform> {
  const started = await startLocalPlatform({
    clock: systemClock,
    random: Math.random,
    log: silentLog,
    queueMs: 20,
    sshDelayMs: 1,
    ...own,
  });
  if (!started.ok) throw new Error(started.error.code);
  return cleanup.add(started.value);
}
