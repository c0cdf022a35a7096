import { type Clock, drawText, type Random } from '../engine/base/effects.ts';
import { problem } from './api-errors.ts';
import { ownerOf } from './check-ports.ts';
import { publicDatasets } from './seed.ts';
import type { PlatformState } from './state.ts';
import type { ObjectStore } from './store/object-store.ts';

type Dataset = PlatformState['datasets'][number];
type Version = Dataset['versions'][number];

/** May a job of `owner` read this: a version of a data set that is public or theirs, or another job's output? */
export function isKnownBinding(state: PlatformState, owner: string, name: string): boolean {
  if (publicDatasets.includes(name)) return true;
  const [, party, id] = /^([^/]{1,100})\/jobs\/([^/]{1,100})(?:\/.{0,200})?\/output$/.exec(name) ?? [];
  if (id !== undefined)
    return party === owner && state.jobs.some((job) => job.id === id && ownerOf(state, job) === owner);
  return state.datasets.some(
    (dataset) =>
      dataset.owner === owner && dataset.versions.some((version) => nameOf(dataset, version) === name),
  );
}

/** As a binding names it. */
const nameOf = ({ owner, name }: Dataset, { version }: Version): string => `${owner}/${name}/${version}`;

export const folderOf = ({ owner, id }: Dataset, version: number): string =>
  `datasets/${owner}/${id}/${version}`;

/** Data sets: what clients read of them, and what they order. Each throws what the platform answers where it refuses. */
export function createDatasets(parts: {
  readonly state: PlatformState;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly changed: () => void;
  readonly origin: () => string;
}) {
  const { state, store, clock, random } = parts;

  const sizeOf = async (dataset: Dataset, { version }: Version): Promise<number> =>
    (await store.list(folderOf(dataset, version))).reduce((sum, { size }) => sum + size, 0);

  const versionView = (dataset: Dataset, version: Version) => ({
    ...version,
    id: `${dataset.id}-${version.version}`,
    name: `v${version.version}`,
    description: '',
    status: 'VALID',
    size: () => sizeOf(dataset, version),
    semanticBindingName: nameOf(dataset, version),
    deletedAt: null,
  });

  const view = (dataset: Dataset) => {
    const latest = dataset.versions.at(-1);
    return {
      id: dataset.id,
      name: dataset.name,
      description: dataset.description,
      status: 'VALID',
      latestVersion: latest?.version ?? null,
      size: () => (latest === undefined ? 0 : sizeOf(dataset, latest)),
      updatedAt: latest?.createdAt ?? null,
      links: [
        { name: 'frontend', value: `${parts.origin()}/console/${dataset.owner}/datasets/${dataset.id}` },
      ],
      versions: () => dataset.versions.map((version) => versionView(dataset, version)),
    };
  };

  function find(id: string): Dataset {
    const found = state.datasets.find((dataset) => dataset.id === id);
    if (found === undefined) throw problem('Dataset not found', 'NOT_FOUND');
    return found;
  }
  const of = (owner: string) => state.datasets.filter((dataset) => dataset.owner === owner);

  return {
    view,
    find,
    of,
    versionsOf: (owner: string) =>
      of(owner).flatMap((dataset) => dataset.versions.map((version) => versionView(dataset, version))),
    create(owner: string, name: string, description: string): Dataset {
      if (name.trim() === '') throw problem('A data set needs a name', 'BAD_REQUEST', { field: 'name' });
      if (of(owner).some((dataset) => dataset.name === name))
        throw problem('There is a data set of this name', 'CONFLICT', { name });
      const dataset = { id: drawText(random, 11), name, owner, description, versions: [] };
      state.datasets.push(dataset);
      parts.changed();
      return dataset;
    },
    addVersion(id: string) {
      const dataset = find(id);
      const version = {
        version: (dataset.versions.at(-1)?.version ?? 0) + 1,
        createdAt: new Date(clock.now()).toISOString(),
      };
      dataset.versions.push(version);
      parts.changed();
      return versionView(dataset, version);
    },
  };
}
