import { z } from 'zod';
import { dataBindingSchema } from './container.ts';

/** Modes that can be created here. Hyper-tuning needs uploaded code, which Gearway does not do. */
export const creatableModes = ['WORKSPACE', 'TASK', 'BATCH_WORKSPACE', 'BATCH_TASK'] as const;

/** What a person typed to create a container; the rules say what is wrong with port and name. */
export const newContainerSchema = z.strictObject({
  project: z.union([
    z.strictObject({ id: z.string().min(1).max(100) }),
    z.strictObject({ name: z.string().trim().min(1).max(100) }),
  ]),
  mode: z.enum(creatableModes),
  resource: z.string().min(1).max(100),
  runtime: z.string().min(1).max(200),
  /** Of a task. */
  command: z.string().max(10_000).default(''),
  /** Nodes of a batch. */
  size: z.int().min(1).max(64).default(1),
  dataBindings: z.array(dataBindingSchema).max(20).default([]),
  mappings: z
    .array(z.strictObject({ name: z.string().max(200), port: z.string().max(20) }))
    .max(20)
    .default([]),
});
export type NewContainerForm = z.infer<typeof newContainerSchema>;

/** A machine that can be chosen, with what using it means: this is what a person confirms before it costs money. */
export interface ResourceChoice {
  readonly name: string;
  readonly label: string;
  readonly gpu: boolean;
  readonly gpuCount?: number;
  readonly cores?: number;
  readonly memoryBytes?: number;
  /** The platform calls it free; everything else is billed by the time that it runs. */
  readonly free: boolean;
  /** How many run on it now, and how many may; absent where the platform does not tell. */
  readonly current?: number;
  readonly limit?: number;
  /** Minutes that are paid for. */
  readonly minutesLeft?: number;
}

export interface RuntimeChoice {
  /** As an order names it. */
  readonly name: string;
  /** As the platform's list calls it. */
  readonly label?: string;
  readonly framework?: string;
  readonly version?: string;
  /** `gpu` or `cpu`, in lower case. */
  readonly device?: string;
  readonly deprecated: boolean;
}

/** What a form for a new container offers. A list that the platform did not give is empty and named in `missing`. */
export interface CreationOptions {
  readonly projects: readonly { readonly id: string; readonly name: string }[];
  readonly resources: readonly ResourceChoice[];
  readonly runtimes: readonly RuntimeChoice[];
  readonly datasets: readonly string[];
  readonly missing: readonly ('quota' | 'datasets')[];
}

/** The end of a container's log, at most 200,000 characters of it. */
export interface ContainerLog {
  readonly text: string;
  readonly truncated: boolean;
  /** When it was read, milliseconds since the epoch. */
  readonly at: number;
}
