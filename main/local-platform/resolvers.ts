import { GraphQLError, GraphQLScalarType } from 'graphql';
import ssh2 from 'ssh2';
import type { Instance } from '../../shared/model/instance.ts';
import { type Clock, drawText, type Random } from '../engine/base/effects.ts';
import { problem } from './api-errors.ts';
import { type CreateJobInput, createJobOrders, type RestartInput, runningOn } from './api-jobs.ts';
import { createViews, findJob, keyView, page, tagsOf } from './api-views.ts';
import { isEnded, ownerOf } from './check-ports.ts';
import { createDatasets, folderOf } from './dataset-orders.ts';
import type { Fleet } from './fleet.ts';
import type { PlatformFolder } from './platform-folder.ts';
import { sameText } from './same-text.ts';
import { channel, publicDatasets, resources, runtimes } from './seed.ts';
import type { JobRecord, PlatformState } from './state.ts';
import { isKey, type ObjectStore } from './store/object-store.ts';
import type { StoreDoor } from './store/serve-store.ts';

interface ResolverParts {
  readonly state: PlatformState;
  readonly fleet: Fleet;
  readonly changed: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly instance: () => Instance | undefined;
  readonly store: ObjectStore;
  readonly door: StoreDoor;
  readonly folder: PlatformFolder;
  readonly logAddress: (id: string) => string;
}

/** Who asks. */
export interface Caller {
  readonly token: 'valid' | 'expired' | 'none';
}

interface Of {
  readonly userId: string;
}
interface NewProject extends Of {
  readonly name: string;
  readonly description?: string | null;
  readonly tagNames?: readonly ({ readonly name?: string | null } | null)[] | null;
}
type HypertuningInput = CreateJobInput & { readonly command: string; readonly code: string };
interface OfJob extends Of {
  readonly jobId: string;
}

/** What each operation of the schema does. Every one but `login` needs the token. */
export function createResolvers(parts: ResolverParts) {
  const { state, fleet, clock, random } = parts;
  const views = createViews(parts);
  const orders = createJobOrders(parts);
  const origin = () => parts.instance()?.origin ?? '';
  const datasets = createDatasets({ ...parts, origin });

  const guarded =
    <Args, Answer>(answer: (args: Args) => Answer) =>
    (_parent: unknown, args: Args, caller: Caller): Answer => {
      if (caller.token === 'none') throw problem('Not signed in', 'UNAUTHENTICATED');
      // An expired login has no code of its own on the platform: it is a failing query.
      if (caller.token === 'expired') throw new GraphQLError('jwt expired');
      return answer(args);
    };
  /** For operations on one user or organisation. */
  const owned = <Args extends Of, Answer>(answer: (args: Args) => Answer) =>
    guarded<Args, Answer>((args) => {
      ownParty(args.userId);
      return answer(args);
    });
  const ofJob = <Args extends OfJob, Answer>(answer: (job: JobRecord, args: Args) => Answer) =>
    owned<Args, Answer>((args) => {
      const job = findJob(state, args.jobId);
      if (job === undefined) throw problem('Job not found', 'NOT_FOUND');
      if (ownerOf(state, job) !== args.userId) throw problem('No access to this job', 'FORBIDDEN');
      return answer(job, args);
    });
  function ownParty(name: string) {
    const known = name === state.user || state.orgs.some((org) => org.id === name);
    if (!known) throw problem('No access to this user', 'FORBIDDEN');
  }
  const projectsOf = (party: string) =>
    state.projects.filter((project) => (project.owner ?? state.user) === party);

  const policy = (prefix: string) => ({ endpoint: origin(), path: prefix, ...parts.door.grant(prefix) });

  const user = () => ({
    username: state.user,
    email: `${state.user}@example.com`,
    token: state.token,
    realNameVerified: state.verified,
    orgs: state.orgs.map(({ role, id, displayName }) => ({ role, org: { id, displayName } })),
  });

  const party = (id: string) => ({
    projects: (args: {
      page: number;
      perPage?: number | null;
      q?: string | null;
      tagNames?: readonly string[] | null;
    }) =>
      page(
        projectsOf(id)
          .filter(
            (project) =>
              !args.tagNames?.length || tagsOf(project).some((tag) => args.tagNames?.includes(tag)),
          )
          .filter((project) => !args.q || project.id === args.q || project.name.includes(args.q))
          .map((project) => views.project(project.id)),
        args.page,
        args.perPage ?? undefined,
      ),
    jobs: (args: { status?: readonly string[] | null }) => ({
      data: state.jobs
        .filter((job) => ownerOf(state, job) === id)
        .filter((job) => !args.status || args.status.includes(job.status))
        .map(views.job),
    }),
    datasets: (args: { page: number }) => page(datasets.of(id).map(datasets.view), args.page),
    datasetVersions: (args: { q?: string | null }) => ({
      data: datasets
        .versionsOf(id)
        .filter(({ semanticBindingName }) => !args.q || semanticBindingName.includes(args.q)),
    }),
    quota: () => ({ computationQuota: pairs(state.minutes, (availableMinutes) => ({ availableMinutes })) }),
    limitations: () => ({
      resources: pairs(state.limits, (limit, key) => ({ limit, current: runningOn(state, key) })),
    }),
  });

  return {
    ...scalars,
    Job: { __resolveType: (job: { __typename: string }) => job.__typename },
    DataBinding: { __resolveType: (binding: { __typename: string }) => binding.__typename },
    Query: {
      me: guarded(user),
      user: guarded(({ username }: { username: string }) => {
        ownParty(username);
        return user();
      }),
      org: guarded(({ id }: { id: string }) => state.orgs.find((org) => org.id === id) ?? null),
      party: guarded(({ id }: { id: string }) => {
        ownParty(id);
        return party(id);
      }),
      project: guarded(({ projectId }: { projectId: string }) => views.project(projectId)),
      job: ofJob((job) => views.job(job)),
      jobLogs: ofJob((job) => logOf(job)),
      keys: owned(() => state.keys.map(keyView)),
      publicDatasetVersions: guarded(({ q }: { q?: string | null }) => publicVersions(q)),
      normalClusterResources: guarded(({ labels }: { labels?: readonly string[] | null }) =>
        resources.filter(
          (resource) => !labels?.length || resource.labels.some((label) => labels.includes(label)),
        ),
      ),
      normalClusterRuntimes: guarded(
        ({
          labels,
          runtimeType,
        }: {
          labels?: readonly string[] | null;
          runtimeType?: readonly string[] | string | null;
        }) =>
          runtimes
            .filter((runtime) => !labels?.length || runtime.labels.some((label) => labels.includes(label)))
            .filter(({ type }) => !runtimeType?.length || [runtimeType].flat().includes(type)),
      ),
      dataset: guarded(({ datasetId }: { datasetId: string }) => {
        const found = datasets.find(datasetId);
        ownParty(found.owner);
        return datasets.view(found);
      }),
    },
    Mutation: {
      login: (_: unknown, { username, password }: { username: string; password: string }) => {
        if (username !== state.user || !sameText(password, state.password))
          throw problem('Wrong user name or password', 'UNAUTHENTICATED');
        return { username, email: `${username}@example.com`, token: state.token };
      },
      loginWithToken: (_: unknown, { token }: { token: string }) => {
        if (!sameText(token, state.token)) throw problem('Wrong token', 'UNAUTHENTICATED');
        return { username: state.user, email: `${state.user}@example.com`, token: state.token };
      },
      // There is no page on which a person could have been given a code.
      exchangeCliAuthorizationCode: () => {
        throw problem('The code is invalid or has expired', 'BAD_REQUEST');
      },
      createProject: owned(({ userId, name, tagNames }: NewProject) => {
        if (name.trim() === '') throw problem('A project needs a name', 'BAD_REQUEST', { field: 'name' });
        const owner = userId === state.user ? {} : { owner: userId };
        const tags = (tagNames ?? []).flatMap((tag) => tag?.name ?? []);
        const created = {
          id: drawText(random, 11),
          name: name.slice(0, 100),
          ...owner,
          tags: tags.length === 0 ? [channel] : tags,
        };
        state.projects.push(created);
        parts.changed();
        return views.project(created.id);
      }),
      createSourceCodePolicy: owned(() => {
        const id = drawText(random, 11);
        state.codes.push(id);
        parts.changed();
        return { id, ...policy(`source-code/${id}`) };
      }),
      createJob: owned(({ userId, input }: Of & { input?: CreateJobInput | null }) => {
        if (!input) throw problem('An order is missing', 'BAD_REQUEST', { field: 'input' });
        return views.job(orders.create(userId, input));
      }),
      createHypertuning: owned(({ userId, input }: Of & { input: HypertuningInput }) =>
        views.job(
          orders.create(userId, {
            ...input,
            mode: 'HYPER_TUNING',
            newTask: { command: input.command, code: input.code },
          }),
        ),
      ),
      createJobOutputDownloadUrl: ofJob(async (job, { key }: OfJob & { key: string }) => {
        const whole = `outputs/${job.id}`;
        const rest = key.replace(/^\/+|\/+$/g, '');
        const wanted = rest === '' ? whole : `${whole}/${rest}`;
        if (!isKey(wanted)) throw problem('There is no such file', 'NOT_FOUND', { key });
        const name = rest === '' ? (job.id ?? 'output') : (rest.split('/').at(-1) ?? rest);
        const isFile = (await parts.store.head(wanted)) !== undefined;
        if (!isFile && rest !== '' && (await parts.store.list(wanted)).length === 0)
          throw problem('There is no such file', 'NOT_FOUND', { key });
        const kind = isFile ? 'file' : 'zip';
        return {
          url: `${origin()}${parts.door.share(wanted, kind)}`,
          type: isFile ? 'file' : 'folder',
          name: isFile ? name : `${name}.output.zip`,
        };
      }),
      createDataset: owned(({ userId, name, description }: NewProject) =>
        datasets.view(datasets.create(userId, name, description ?? '')),
      ),
      createEmptyVersion: guarded(({ datasetId }: { datasetId: string }) => {
        ownParty(datasets.find(datasetId).owner);
        return datasets.addVersion(datasetId);
      }),
      createDatasetVersionUploadPolicy: owned(
        ({ userId, datasetId, version, key }: Of & { datasetId: string; version: number; key: string }) => {
          const found = datasets.find(datasetId);
          if (found.owner !== userId) throw problem('No access to this data set', 'FORBIDDEN');
          if (!found.versions.some((candidate) => candidate.version === version))
            throw problem('There is no such version', 'NOT_FOUND', { version });
          const rest = key.replace(/^\/+|\/+$/g, '');
          const folder = `${folderOf(found, version)}${rest === '' ? '' : `/${rest}`}`;
          if (!isKey(folder)) throw problem('There is no such folder', 'BAD_REQUEST', { key });
          return policy(folder);
        },
      ),
      updateJob: ofJob((job, { input }: OfJob & { input: { description?: string | null } }) => {
        job.description = input.description ?? undefined;
        parts.changed();
        return views.job(job);
      }),
      stopJob: ofJob((job) => {
        if (!isEnded(job)) void fleet.end(job);
        return views.job(job);
      }),
      restartWorkspace: ofJob((job, { input }: OfJob & { input: RestartInput }) =>
        views.job(orders.restart(job, 'WORKSPACE', input)),
      ),
      restartBatchWorkspace: ofJob((job, { input }: OfJob & { input: RestartInput }) =>
        views.job(orders.restart(job, 'BATCH_WORKSPACE', input)),
      ),
      createSSHKey: owned(({ name, content }: Of & { name: string; content: string }) => {
        const parsed = ssh2.utils.parseKey(content.trim());
        if (parsed instanceof Error) throw problem('This is no public key', 'BAD_REQUEST');
        if (name.trim() === '') throw problem('A key needs a name', 'BAD_REQUEST', { field: 'name' });
        const key = {
          id: String(1 + Math.max(0, ...state.keys.map(({ id }) => Number(id) || 0))),
          name: name.slice(0, 100),
          content: content.trim(),
          createdAt: new Date(clock.now()).toISOString(),
        };
        state.keys.push(key);
        parts.changed();
        return keyView(key);
      }),
    },
  };
}

/** Words whose full list is not public: taken as they come. */
const scalars = Object.fromEntries(
  ['DeployType', 'RuntimeType', 'DatasetStatusInput', 'JobStatusInput', 'StorageType', 'JSON'].map((name) => [
    name,
    new GraphQLScalarType({ name }),
  ]),
);

const pairs = <T>(values: Readonly<Record<string, number>>, read: (value: number, key: string) => T) =>
  Object.entries(values).map(([key, value]) => ({ key, value: read(value, key) }));

const publicVersions = (q: string | null | undefined) => ({
  data: publicDatasets
    .filter((name) => !q || name.includes(q))
    .map((name) => ({
      id: name,
      version: Number(name.split('/').at(-1)),
      semanticBindingName: name,
      status: 'VALID',
      createdAt: '2026-11-01T00:00:00Z',
    })),
});

export function logOf(job: JobRecord): string {
  const lines = [`${job.createdAt} queued on ${job.resource}`];
  if (job.startedAt !== undefined) lines.push(`${job.startedAt} running ${job.runtime}`);
  if (job.log !== undefined) lines.push(job.log.trimEnd());
  else if (job.command !== undefined) lines.push(`$ ${job.command}`);
  if (isEnded(job)) lines.push(`ended: ${job.status}`);
  return `${lines.join('\n')}\n`;
}
