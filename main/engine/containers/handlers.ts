import type { HandlersOf } from '../base/handlers.ts';
import type { Containers } from './types.ts';

/** What may be asked of containers. */
export function createContainerHandlers(
  containers: Containers,
): Omit<HandlersOf<'containers'>, 'containers.registerKey' | 'containers.look'> {
  return {
    'containers.refresh': (_nothing, signal) => containers.refresh(signal),
    'containers.start': ({ containerId }, signal) => containers.startContainer(containerId, signal),
    'containers.stop': ({ containerId }, signal) => containers.stopContainer(containerId, signal),
    'containers.restart': ({ containerId }, signal) => containers.restart(containerId, signal),
    'containers.giveUp': ({ containerId }) => containers.giveUp(containerId),
    'containers.options': (_nothing, signal) => containers.options(signal),
    'containers.create': (form, signal) => containers.create(form, signal),
    'containers.logs': ({ containerId }, signal) => containers.logs(containerId, signal),
  };
}
