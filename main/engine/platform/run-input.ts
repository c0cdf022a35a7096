import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ApiShape } from './ports-adapter.ts';
import type { NextRun, PlatformRuntime } from './types.ts';
import type { WireJob } from './wire.ts';

/**
 * Builds what starts a workspace again as it was: the platform takes a whole description, and what is left out
 * (its data bindings, say) is gone in the next run.
 */
export async function nextRunInput(
  last: { readonly job: WireJob; readonly shape: ApiShape },
  next: NextRun,
  runtimes: () => Promise<Result<readonly PlatformRuntime[]>>,
): Promise<Result<Readonly<Record<string, unknown>>>> {
  const { job, shape } = last;
  const resource = next.resource ?? job.resource?.name;
  const runtime = next.runtime === undefined ? await runtimeName(job, runtimes) : ok(next.runtime);
  if (!runtime.ok) return runtime;
  if (!resource || runtime.value === undefined) {
    return fail('platform_error', { detail: 'The last run names no resource or no runtime.' });
  }
  return ok({
    resource,
    runtime: runtime.value,
    dataBindings: (job.dataBindings ?? [])
      .filter((binding) => binding.isDeleted !== true)
      .map((binding) => ({
        name: binding.semanticBindingName,
        path: binding.mountPath,
        bindingAuth: binding.bindingAuth ?? 'READ_ONLY',
      })),
    parameters: [],
    useRDMADevices: false,
    ...shape.writeMappings('RestartWorkspaceInput', next.mappings),
  });
}

/** A job tells framework and version, the order wants the name that the list of runtimes has for both. */
async function runtimeName(
  job: WireJob,
  runtimes: () => Promise<Result<readonly PlatformRuntime[]>>,
): Promise<Result<string | undefined>> {
  const framework = job.runtime?.framework ?? undefined;
  const version = job.runtime?.version ?? undefined;
  if (framework === undefined) return ok(undefined);
  const known = await runtimes();
  if (!known.ok) return known;
  const same = known.value.filter(
    (runtime) => runtime.framework === framework && (runtime.version ?? undefined) === version,
  );
  const best = same.find((runtime) => !runtime.deprecated) ?? same[0];
  return ok(best?.name ?? (version === undefined ? framework : `${framework}-${version}`));
}
