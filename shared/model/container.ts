import { z } from 'zod';
import type { AppError } from '../result.ts';

/** A port of a container that the platform exposes. Without a name the address carries job id and port. */
export const mappingSchema = z.strictObject({
  name: z.string().min(1).optional(),
  port: z.int().min(1).max(65535),
});

export type Mapping = z.infer<typeof mappingSchema>;

const containerModes = ['WORKSPACE', 'TASK', 'BATCH_WORKSPACE', 'BATCH_TASK', 'HYPER_TUNING'] as const;
type ContainerMode = (typeof containerModes)[number];

/**
 * The platform's full list of status words is not public: what is not known to
 * be running or ended is `pending` with the raw word, never an error.
 */
export type ContainerStatus =
  | { readonly kind: 'running' }
  | { readonly kind: 'pending'; readonly raw: string }
  | {
      readonly kind: 'ended';
      readonly how: 'succeeded' | 'failed' | 'cancelled';
      /** The platform is still clearing away: it can be started again a little later. */
      readonly ending?: true;
    };

const bindingAuths = ['READ_ONLY', 'READ_WRITE'] as const;

/** Data that a container sees at a path: a data set, or the output of another container. */
export const dataBindingSchema = z.strictObject({
  /** As the platform names it: `user/name/1`, or `user/jobs/id/output`. */
  name: z.string().trim().min(1).max(300),
  path: z.string().trim().min(1).max(100),
  auth: z.enum(bindingAuths),
});
export type DataBinding = z.infer<typeof dataBindingSchema>;

/** One container as the window shows it. The API calls it a job inside a project. */
export interface Container {
  /** The platform's job id. */
  readonly id: string;
  readonly projectId: string;
  /** The project's name, which is what people call the container. */
  readonly name: string;
  readonly mode: ContainerMode | (string & {});
  readonly status: ContainerStatus;
  /** Names one execution: host keys are pinned to it, SSH endpoints belong to it. */
  readonly runId: string;
  /** Milliseconds since the epoch, where the platform tells. */
  readonly startedAt?: number;
  readonly createdAt?: number;
  /** When the plan ends this run, milliseconds since the epoch, where the platform tells. */
  readonly endsAt?: number;
  readonly resource?: string;
  readonly runtime?: string;
  /** Nodes of a batch. */
  readonly size?: number;
  /** What a task runs. */
  readonly command?: string;
  readonly dataBindings?: readonly DataBinding[];
  /** Its page in the platform's console. */
  readonly consoleUrl?: string;
  /** In effect now (running) or used by the next run (ended). `unknown` where the platform does not tell. */
  readonly mappings: readonly Mapping[] | 'unknown';
  /**
   * Where they come from: told by the platform, sent by Gearway at the last start, or noted by hand because the
   * platform does not tell them. Absent with `unknown`.
   */
  readonly mappingsFrom?: 'platform' | 'sent' | 'noted';
  /** True addresses from the platform, by port; each wins over the computed one. */
  readonly addresses?: readonly { readonly port: number; readonly url: string }[];
  /** What the next start will apply instead; absent when nothing is waiting. */
  readonly pendingMappings?: readonly Mapping[];
  /** An action under way, so that the window can show it and offer no second one. */
  readonly busy?: 'starting' | 'stopping' | 'restarting';
  /** Why the last action failed; gone with the next one. */
  readonly problem?: AppError;
  /** The line that signs in, without password: `ssh root@host -p 31612`. Absent while SSH is not offered. */
  readonly ssh?: { readonly user: string; readonly host: string; readonly port: number };
  /** What a look at the listening ports gave. */
  readonly look: LookState;
}

export type LookState =
  | { readonly kind: 'never' }
  | { readonly kind: 'looking' }
  /** `more`: so many ports beyond those that are kept. */
  | { readonly kind: 'done'; readonly more?: number }
  | { readonly kind: 'failed'; readonly error: AppError };
