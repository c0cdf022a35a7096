import { ok, type Result } from '../../../shared/result.ts';
import { isUnknownField } from './answer-error.ts';
import type { Gateway } from './gateway.ts';
import { queries } from './queries.ts';
import { runtimeOrder } from './run-input.ts';
import type { PlatformResource, PlatformRuntime, Quota } from './types.ts';
import {
  wireLimitations,
  wireOwnDatasets,
  wirePublicDatasets,
  wireQuota,
  wireResources,
  wireRuntimes,
} from './wire.ts';

/** What the platform has to offer: machines, environments, data, and how much of it this party may use. */
interface StockReader {
  resources(party: string, signal: AbortSignal): Promise<Result<readonly PlatformResource[]>>;
  runtimes(party: string, signal: AbortSignal): Promise<Result<readonly PlatformRuntime[]>>;
  quota(party: string, signal: AbortSignal): Promise<Result<Quota>>;
  datasets(party: string, signal: AbortSignal): Promise<Result<readonly string[]>>;
}

/** As the vendor's command asks for machines and runtimes. */
const labels = ['MACHINE_LEARNING'];

export function createStockReader(gateway: Gateway): StockReader {
  return {
    async resources(partyId, signal) {
      const ask = (query: string, variables: Readonly<Record<string, unknown>>) =>
        gateway.ask({ query, variables, schema: wireResources, signal });
      const first = await ask(queries.resources, { partyId, labels });
      // A server without these labels has nothing under them, or does not know them at all.
      const isPlain = first.ok
        ? (first.value.normalClusterResources ?? []).length === 0
        : isUnknownField(first.error);
      const answer = isPlain ? await ask(queries.plainResources, { partyId }) : first;
      if (!answer.ok) return answer;
      return ok(
        (answer.value.normalClusterResources ?? []).map((resource) => ({
          name: resource.name,
          label: resource.verboseName ?? resource.name,
          gpu: resource.gpuResource ?? false,
          gpuCount: resource.gpu?.count || undefined,
          cores: resource.cpu?.count ?? undefined,
          memoryBytes: resource.memory ?? undefined,
          free: /^free(?:-|$)/i.test(resource.name) || (resource.labels ?? []).includes('free'),
        })),
      );
    },
    async runtimes(partyId, signal) {
      const ask = (query: string, variables: Readonly<Record<string, unknown>>) =>
        gateway.ask({ query, variables, schema: wireRuntimes, signal });
      // Machines that are no containers may be listed too; they are not asked for, so that nobody orders one by guess.
      const first = await ask(queries.runtimes, { partyId, labels, runtimeType: ['CONTAINER'] });
      // A server without these labels has nothing under them.
      const isPlain = first.ok
        ? (first.value.normalClusterRuntimes ?? []).length === 0
        : isUnknownField(first.error);
      const answer = isPlain ? await ask(queries.plainRuntimes, { partyId }) : first;
      if (!answer.ok) return answer;
      return ok(
        (answer.value.normalClusterRuntimes ?? []).map((runtime) => ({
          name: runtimeOrder(runtime) ?? runtime.name,
          label: runtime.name,
          framework: runtime.framework ?? undefined,
          version: runtime.version ?? undefined,
          device: runtime.device?.toLowerCase(),
          deprecated: runtime.deprecated ?? false,
        })),
      );
    },
    async quota(partyId, signal) {
      const variables = { partyId };
      const [minutes, limits] = await Promise.all([
        gateway.ask({ query: queries.quota, variables, schema: wireQuota, signal }),
        gateway.ask({ query: queries.limitations, variables, schema: wireLimitations, signal }),
      ]);
      if (!minutes.ok) return minutes;
      if (!limits.ok) return limits;
      const quota = minutes.value.party?.quota?.computationQuota ?? [];
      const resources = limits.value.party?.limitations?.resources ?? [];
      return ok({
        minutesLeft: new Map(quota.map(({ key, value }) => [key, value.availableMinutes])),
        limits: new Map(resources.map(({ key, value }) => [key, value])),
      });
    },
    async datasets(partyId, signal) {
      const [own, open] = await Promise.all([
        gateway.ask({
          query: queries.ownDatasets,
          variables: { partyId, status: ['ALL'], q: '' },
          schema: wireOwnDatasets,
          signal,
        }),
        gateway.ask({
          query: queries.publicDatasets,
          variables: { status: 'VALID', tagIds: [0], q: '' },
          schema: wirePublicDatasets,
          signal,
        }),
      ]);
      if (!own.ok) return own;
      const lists = [
        own.value.party?.datasetVersions,
        open.ok ? open.value.publicDatasetVersions : undefined,
      ];
      return ok(lists.flatMap((list) => list?.data ?? []).map((version) => version.semanticBindingName));
    },
  };
}
