import { type ContainerLog, type CreationOptions, newContainerSchema } from '../../model/creation.ts';
import type { LoginKey } from '../../model/login-key.ts';
import { engine, nothing, ofContainer } from './kinds.ts';

export const containerRequests = {
  /** Makes a key, keeps its private part and registers the public one with the platform. */
  'containers.registerKey': engine<LoginKey>()(nothing),
  'containers.refresh': engine<null>()(nothing),
  'containers.start': engine<null>()(ofContainer),
  'containers.stop': engine<null>()(ofContainer),
  'containers.restart': engine<null>()(ofContainer),
  /** Ends the waiting for what is being done with it; what the platform was told already is not taken back. */
  'containers.giveUp': engine<null>()(ofContainer),
  'containers.look': engine<null>()(ofContainer),
  'containers.options': engine<CreationOptions>()(nothing),
  /** Bills, unless the machine is free: confirm it with what `containers.options` says of the machine. */
  'containers.create': engine<{ readonly containerId: string }>()(newContainerSchema),
  'containers.logs': engine<ContainerLog>()(ofContainer),
} as const;
