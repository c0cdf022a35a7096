import { z } from 'zod';

/**
 * What the platform sends, as far as this client reads it. Unknown fields pass; fields that are not promised may be
 * absent or null. These shapes never leave this folder.
 */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().catch(undefined);

/** A list of what can be read: an element that cannot be read fails nothing but itself. */
const list = <T extends z.ZodType>(element: T) =>
  z.array(z.unknown()).transform((items): z.output<T>[] =>
    items.flatMap((item) => {
      const read = element.safeParse(item);
      return read.success ? [read.data] : [];
    }),
  );

const text = z.string().min(1);
const id = z.union([text, z.number().transform(String)]);
const time = z.union([z.string(), z.number()]);
const links = maybe(list(z.looseObject({ name: z.string(), value: maybe(z.string()) })));

const wireJob = z.looseObject({
  id,
  mode: maybe(text),
  status: maybe(text),
  subStatus: maybe(z.string()),
  createdAt: maybe(time),
  startedAt: maybe(time),
  password: maybe(z.string()),
  size: maybe(z.int()),
  command: maybe(z.string()),
  sourceCode: maybe(z.looseObject({ id })),
  links,
  resource: maybe(z.looseObject({ name: maybe(text) })),
  runtime: maybe(z.looseObject({ framework: maybe(text), version: maybe(text) })),
  project: maybe(z.looseObject({ id, name: maybe(z.string()) })),
  dataBindings: maybe(
    list(
      z.looseObject({
        mountPath: maybe(z.string()),
        semanticBindingName: maybe(z.string()),
        isDeleted: maybe(z.boolean()),
        bindingAuth: maybe(z.string()),
      }),
    ),
  ),
});
export type WireJob = z.infer<typeof wireJob>;

export const wireMe = z.looseObject({
  me: z.looseObject({ username: text, email: maybe(text) }).nullable(),
});

export const wireProjects = z.looseObject({
  party: z
    .looseObject({
      projects: z
        .looseObject({
          data: list(z.looseObject({ id, name: maybe(z.string()), latestJob: maybe(wireJob) })),
        })
        .nullable(),
    })
    .nullable(),
});

export const wireProjectJobs = z.looseObject({
  project: z.looseObject({ jobs: z.looseObject({ data: list(wireJob) }).nullable() }).nullable(),
});

export const wireOneJob = z.looseObject({ job: wireJob.nullable() });

const made = z.looseObject({ id });
export const wireStopped = z.looseObject({ stopJob: z.looseObject({}).nullable() });
export const wireRestarted = z.looseObject({ restartWorkspace: made });
export const wireBatchRestarted = z.looseObject({ restartBatchWorkspace: made });
export const wireRealName = z.looseObject({ me: z.looseObject({}).nullable() });
export const wireLogin = z.looseObject({ login: z.looseObject({ token: text, username: text }) });
export const wireLogs = z.looseObject({ jobLogs: z.string().nullable() });
export const wireOrgs = z.looseObject({
  user: z
    .looseObject({
      orgs: list(
        z.looseObject({ org: z.looseObject({ id: text, displayName: maybe(z.string()) }) }),
      ).nullable(),
    })
    .nullable(),
});

/** Pairs keyed by the name of a resource. */
const pairs = <T extends z.ZodType>(value: T) => list(z.looseObject({ key: text, value })).nullish();
export const wireQuota = z.looseObject({
  party: z
    .looseObject({
      quota: z
        .looseObject({ computationQuota: pairs(z.looseObject({ availableMinutes: z.number() })) })
        .nullish(),
    })
    .nullable(),
});
export const wireLimitations = z.looseObject({
  party: z
    .looseObject({
      limitations: z
        .looseObject({ resources: pairs(z.looseObject({ current: z.number(), limit: z.number() })) })
        .nullish(),
    })
    .nullable(),
});
const versions = z.looseObject({ data: list(z.looseObject({ semanticBindingName: text })) }).nullish();
export const wireOwnDatasets = z.looseObject({
  party: z.looseObject({ datasetVersions: versions }).nullable(),
});
export const wirePublicDatasets = z.looseObject({ publicDatasetVersions: versions });
export const wireCreatedJob = z.looseObject({ createJob: made });
export const wireCreatedProject = z.looseObject({ createProject: made });

const key = z.looseObject({ id, name: z.string(), fingerprint: maybe(text) });
export const wireKeys = z.looseObject({ keys: list(key).nullable() });
export const wireCreatedKey = z.looseObject({ createSSHKey: key });

export const wireResources = z.looseObject({
  normalClusterResources: list(
    z.looseObject({
      name: text,
      verboseName: maybe(text),
      gpuResource: maybe(z.boolean()),
      memory: maybe(z.coerce.number()),
      labels: maybe(list(z.string())),
      cpu: maybe(z.looseObject({ count: maybe(z.number()) })),
      gpu: maybe(z.looseObject({ count: maybe(z.number()) })),
    }),
  ).nullable(),
});

export const wireRuntimes = z.looseObject({
  normalClusterRuntimes: list(
    z.looseObject({
      name: text,
      framework: maybe(text),
      version: maybe(text),
      device: maybe(text),
      deprecated: maybe(z.boolean()),
    }),
  ).nullable(),
});
