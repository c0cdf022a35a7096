import { ok } from '../../../shared/result.ts';
import type { HandlersOf } from '../base/handlers.ts';
import { Secret } from '../base/secret.ts';
import type { Gates } from './types.ts';

/** What the window asks of gates. */
export const createGateHandlers = (gates: Gates): HandlersOf<'gate'> => ({
  'gate.plan': ({ serviceId }, signal) => gates.plan(serviceId, signal),
  async 'gate.share'({ password, ...order }, signal) {
    const shared = await gates.share(
      { ...order, password: password === undefined ? undefined : new Secret(password) },
      signal,
    );
    if (!shared.ok) return shared;
    const { secret, ...rest } = shared.value;
    // Made to be given away: it is shown once, to be sent on.
    return ok({ ...rest, secret: secret?.reveal() });
  },
  'gate.revoke': ({ serviceId, grantId }, signal) => gates.revoke(serviceId, grantId, signal),
  'gate.renew': ({ serviceId, grantId, until }, signal) => gates.renew(serviceId, grantId, until, signal),
  'gate.check': ({ serviceId }, signal) => gates.check(serviceId, signal),
  'gate.start': ({ serviceId }, signal) => gates.start(serviceId, signal),
  'gate.remove': ({ serviceId, open }, signal) => gates.remove(serviceId, open, signal),
});
