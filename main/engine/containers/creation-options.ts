import type { CreationOptions } from '../../../shared/model/creation.ts';
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
    runtimes: [...runtimes.value].sort((a, b) => Number(a.deprecated) - Number(b.deprecated)),
    datasets: datasets.ok ? datasets.value : [],
    missing: [...(quota.ok ? [] : (['quota'] as const)), ...(datasets.ok ? [] : (['datasets'] as const))],
  });
}
