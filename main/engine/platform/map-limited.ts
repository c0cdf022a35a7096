import { ok, type Result } from '../../../shared/result.ts';

/** Does the same for each, at most `limit` at a time, in order; ends with the first failure, starting nothing more. */
export async function mapLimited<In, Out>(
  items: readonly In[],
  limit: number,
  each: (item: In) => Promise<Result<Out>>,
): Promise<Result<readonly Out[]>> {
  const results: Out[] = [];
  let next = 0;
  let failed: Result<never> | undefined;
  const worker = async () => {
    while (failed === undefined && next < items.length) {
      const index = next;
      next += 1;
      const result = await each(items[index] as In);
      if (result.ok) results[index] = result.value;
      else failed ??= result;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return failed ?? ok(results);
}
