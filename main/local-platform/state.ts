import { z } from 'zod';
import { mappingSchema } from '../../shared/model/container.ts';

/** An outside machine that plays a container: where its SSH server is and where the edge finds its ports. */
const outsideSchema = z.strictObject({
  sshHost: z.string(),
  sshPort: z.int(),
  sshUser: z.string(),
  address: z.string(),
});

const jobSchema = z.strictObject({
  id: z.string(),
  projectId: z.string(),
  mode: z.string(),
  status: z.enum(['QUEUED', 'PREPARING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED']),
  createdAt: z.string(),
  startedAt: z.string().optional(),
  resource: z.string(),
  runtime: z.string(),
  ports: z.array(mappingSchema),
  command: z.string().optional(),
  /** Uploaded code that a task runs. */
  code: z.string().optional(),
  parameters: z
    .array(z.strictObject({ name: z.string(), value: z.unknown(), isSecret: z.boolean() }))
    .optional(),
  /** What the last run said, and how it ended. */
  log: z.string().optional(),
  /** Nodes of a batch. */
  size: z.int().optional(),
  description: z.string().optional(),
  dataBindings: z
    .array(z.strictObject({ name: z.string(), path: z.string(), bindingAuth: z.string() }))
    .optional(),
  /** Where the plan limits a run: when it ends. */
  expiresAt: z.string().optional(),
  /** One of many that only fill the list: it answers at the edge, and has no SSH server. */
  crowd: z.boolean().optional(),
  /** Of the present run: drawn anew with each. */
  run: z.strictObject({ password: z.string(), hostKey: z.string(), sshPort: z.int() }).optional(),
  outside: outsideSchema.optional(),
});
export type JobRecord = z.infer<typeof jobSchema>;

export const stateSchema = z.strictObject({
  user: z.string(),
  token: z.string(),
  password: z.string(),
  port: z.int().optional(),
  edgePort: z.int().optional(),
  /** Was the real name verified? Without it no port is mapped. */
  verified: z.boolean().default(true),
  /** Organisations in whose name this user may work. */
  orgs: z.array(z.strictObject({ id: z.string(), displayName: z.string(), role: z.string() })).default([]),
  /** By the name of a resource: how many may run at once, and the minutes that are paid for. */
  limits: z.record(z.string(), z.int()).default({}),
  minutes: z.record(z.string(), z.int()).default({}),
  /** `owner` is an organisation; without it the project is the user's own. */
  projects: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      owner: z.string().optional(),
      /** Channels: clients list by them. Absent in what earlier versions made: that of machine learning. */
      tags: z.array(z.string()).optional(),
    }),
  ),
  datasets: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        owner: z.string(),
        description: z.string(),
        versions: z.array(z.strictObject({ version: z.int(), createdAt: z.string() })),
      }),
    )
    .default([]),
  /** Ids of uploaded code. */
  codes: z.array(z.string()).default([]),
  jobs: z.array(jobSchema),
  keys: z.array(
    z.strictObject({ id: z.string(), name: z.string(), content: z.string(), createdAt: z.string() }),
  ),
});
export type PlatformState = z.infer<typeof stateSchema>;
