import { type ContainerLog, type CreationOptions, newContainerSchema } from '../../model/creation.ts';
import { containerId, engine, nothing } from './kinds.ts';

export const containerRequests = {
  'containers.refresh': engine<null>()(nothing),
  'containers.start': engine<null>()(containerId),
  'containers.stop': engine<null>()(containerId),
  'containers.restart': engine<null>()(containerId),
  'containers.look': engine<null>()(containerId),
  'containers.options': engine<CreationOptions>()(nothing),
  /** Bills, unless the machine is free: confirm it with what `containers.options` says of the machine. */
  'containers.create': engine<{ readonly containerId: string }>()(newContainerSchema),
  'containers.logs': engine<ContainerLog>()(containerId),
} as const;
