import { join } from 'node:path';
import { ok, type Result } from '../../../shared/result.ts';
import { type Clock, type Log, secureRandom } from '../base/effects.ts';
import { Secret } from '../base/secret.ts';
import type { LocalSeat } from './types.ts';

/** The embedded platform for those without an account. Loaded when first needed: most starts have an account and never touch a GraphQL server. */
export async function openLocalPlatform(options: {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<Result<LocalSeat & { readonly edge: { readonly ca?: string } }>> {
  const { startLocalPlatform } = await import('../../local-platform/index.ts');
  const started = await startLocalPlatform({
    stateFolder: join(options.folder, 'local-platform'),
    clock: options.clock,
    random: secureRandom,
    log: options.log,
  });
  if (!started.ok) return started;
  const platform = started.value;
  return ok({
    origin: platform.origin,
    edge: platform.edge,
    user: platform.user,
    token: new Secret(platform.token),
    stop: () => platform.stop(),
  });
}
