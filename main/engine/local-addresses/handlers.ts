import { isLoopbackHost } from '../../../shared/loopback.ts';
import { ok } from '../../../shared/result.ts';
import type { Bin } from '../base/bin.ts';
import type { EngineHandlers, HandlersOf } from '../base/handlers.ts';
import type { Board } from '../services/index.ts';
import type { LocalAddresses } from './local-addresses.ts';
import { type Resolve, resolvesHere, systemResolve } from './resolves.ts';

/** What may be asked of local addresses. */
export function createLocalAddressHandlers(
  local: LocalAddresses,
  board: Pick<Board, 'ofKnown'>,
  bin: Bin,
  resolve: Resolve = systemResolve,
): HandlersOf<'proxy'> &
  Pick<
    EngineHandlers,
    | 'services.setHeaders'
    | 'services.setOwnPort'
    | 'services.setCrossSite'
    | 'services.keepBodies'
    | 'services.setCredential'
    | 'services.forgetCredential'
  > {
  return {
    'proxy.resolves': async ({ host }, signal) =>
      ok({ resolves: isLoopbackHost(host) && (await resolvesHere(host, resolve, signal)) }),
    'services.setHeaders': ({ serviceId, change }) =>
      board.ofKnown(serviceId, () => local.setHeaders(serviceId, change)),
    'services.setOwnPort': ({ serviceId, port }) =>
      board.ofKnown(serviceId, () => local.setOwnPort(serviceId, port)),
    'services.setCrossSite': ({ serviceId, allowed }) =>
      board.ofKnown(serviceId, () => local.setCrossSite(serviceId, allowed)),
    'services.keepBodies': ({ serviceId, keep }) =>
      board.ofKnown(serviceId, () => local.setKeepBodies(serviceId, keep)),
    'services.setCredential': ({ serviceId, key }) =>
      board.ofKnown(serviceId, () => local.setCredential(serviceId, key)),
    'services.forgetCredential': async ({ serviceId }) => bin.keep(await local.forgetCredential(serviceId)),
    'proxy.setHttps': ({ on }) => local.setHttps(on),
    'proxy.setTrusted': ({ on }, signal) => local.setTrusted(on, signal),
  };
}
