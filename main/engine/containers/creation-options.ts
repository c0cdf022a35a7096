import type { CreationOptions, RuntimeChoice } from '../../../shared/model/creation.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { PlatformClient } from '../platform/index.ts';

/**
 * What a form for a new container offers, asked all at once. Without machines or runtimes there is nothing to choose,
 * so their failure is the answer's; quota and data sets are extras, and only missed.
 */
export async function creationOptions(
  client: PlatformClient,
  signal: AbortSignal,
): Promise<Result<CreationOptions>> {
  const [projects, resources, runtimes, quota, datasets] = await Promise.all([
    client.projects(signal),
    client.resources(signal),
    client.runtimes(signal),
    client.quota(signal),
    client.datasets(signal),
  ]);
  if (!projects.ok) return projects;
  if (!resources.ok) return resources;
  if (!runtimes.ok) return runtimes;
  return ok({
    projects: projects.value,
    resources: resources.value.map((resource) => ({
      ...resource,
      ...(quota.ok ? quota.value.limits.get(resource.name) : undefined),
      minutesLeft: quota.ok ? quota.value.minutesLeft.get(resource.name) : undefined,
    })),
    runtimes: eachOnce([...runtimes.value].sort((a, b) => Number(a.deprecated) - Number(b.deprecated))),
    datasets: datasets.ok ? datasets.value : [],
    missing: [...(quota.ok ? [] : (['quota'] as const)), ...(datasets.ok ? [] : (['datasets'] as const))],
  });
}

/** The list may hold several images of one order: the first, which is current where one is, stands for all. */
function eachOnce(runtimes: readonly RuntimeChoice[]): readonly RuntimeChoice[] {
  const first = new Map<string, RuntimeChoice>();
  for (const runtime of runtimes) if (!first.has(runtime.name)) first.set(runtime.name, runtime);
  return [...first.values()];
}
