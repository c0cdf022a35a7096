import type { Bin } from '../base/bin.ts';
import type { HandlersOf } from '../base/handlers.ts';
import type { Connections } from './types.ts';

/** What the window may ask of connections. */
export function createConnectionHandlers(
  connections: Connections,
  bin: Bin,
): HandlersOf<'connections' | 'forwards'> {
  return {
    'connections.paste': ({ command, open = false }) => connections.paste(command, open),
    'connections.heed': ({ id }) => connections.heed(id),
    'connections.save': (typed) => connections.save(typed),
    'connections.remove': async ({ id }) => bin.keep(await connections.remove(id)),
    'connections.importable': () => connections.importable(),
    'connections.import': ({ aliases }) => connections.importHosts(aliases),
    'connections.connect': ({ id }, signal) => connections.connect(id, signal),
    'connections.disconnect': ({ id }) => connections.disconnect(id),
    'connections.acceptKey': ({ id, fingerprint }, signal) => connections.acceptKey(id, fingerprint, signal),
    'connections.giveSecret': ({ id, secret, keep }, signal) =>
      connections.giveSecret(id, secret, keep, signal),
    'connections.answer': ({ id, answers }) => connections.answer(id, answers),
    'forwards.save': (typed) => connections.saveForward(typed),
    'forwards.open': ({ id }) => connections.openForward(id),
    'forwards.close': ({ id }) => connections.closeForward(id),
    'forwards.remove': async ({ id }) => bin.keep(await connections.removeForward(id)),
    'forwards.retry': ({ id }) => connections.retryForward(id),
  };
}
