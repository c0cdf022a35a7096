import { fail, ok } from '../../../shared/result.ts';
import type { Bin } from '../base/bin.ts';
import type { HandlersOf } from '../base/handlers.ts';
import { toCurl, toHar } from './inspector/index.ts';
import type { BundledProxy } from './types.ts';

/** Requests about what passed through the proxy. */
export function createInspectorHandlers(proxy: BundledProxy, bin: Bin): HandlersOf<'inspector'> {
  const { inspector, replays } = proxy;
  return {
    'inspector.list': (filter) => ok(inspector.list(filter)),
    'inspector.get'({ id }) {
      const exchange = inspector.get(id);
      return exchange === undefined ? fail('exchange_not_found') : ok(exchange);
    },
    'inspector.clear': ({ serviceId }) => bin.keep(ok(inspector.clear(serviceId))),
    'inspector.curl'({ id }) {
      const exchange = inspector.get(id);
      return exchange === undefined ? fail('exchange_not_found') : ok({ command: toCurl(exchange) });
    },
    'inspector.har'({ version, ...filter }) {
      const { exchanges } = inspector.list(filter);
      const whole = exchanges.flatMap(({ id }) => inspector.get(id) ?? []);
      return ok({ text: toHar(whole, version), count: whole.length });
    },
    'inspector.replay': (wish, signal) => replays.send(wish, signal),
  };
}
