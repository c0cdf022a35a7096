import { type ContainerLog, type CreationOptions, newContainerSchema } from '../../model/creation.ts';
import type { LoginKey } from '../../model/login-key.ts';
import { containerId, engine, nothing } from './kinds.ts';

export const containerRequests = {
  /** Makes a key, keeps its private part and registers the public one with the platform. */
  'containers.registerKey': engine<LoginKey>()(nothing),
  'containers.refresh': engine<null>()(nothing),
  'containers.start': engine<null>()(containerId),
  'containers.stop': engine<null>()(containerId),
  'containers.restart': engine<null>()(containerId),
  /** Ends the waiting for what is being done with it; what the platform was told already is not taken back. */
  'containers.giveUp': engine<null>()(containerId),
  'containers.look': engine<null>()(containerId),
  'containers.options': engine<CreationOptions>()(nothing),
  /** Bills, unless the machine is free: confirm it with what `containers.options` says of the machine. */
  'containers.create': engine<{ readonly containerId: string }>()(newContainerSchema),
  'containers.logs': engine<ContainerLog>()(containerId),
} as const;
