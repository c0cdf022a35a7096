import type { Bin } from '../base/bin.ts';
import type { EngineHandlers, HandlersOf } from '../base/handlers.ts';
import type { AccountControl } from './open-account.ts';

/** What may be asked of accounts. */
export function createAccountHandlers(
  { session, loginKeys }: Pick<AccountControl, 'session' | 'loginKeys'>,
  bin: Bin,
): HandlersOf<'session'> & Pick<EngineHandlers, 'containers.registerKey'> {
  return {
    'session.try': () => session.tryLocal(),
    'session.signIn': (typed, signal) => session.signIn(typed, signal),
    'session.signInWithPassword': (typed, signal) => session.signInWithPassword(typed, signal),
    'session.bayesAccounts': () => session.bayesAccounts(),
    'session.importBayes': (wanted, signal) => session.importBayes(wanted, signal),
    'session.switch': ({ accountId }) => session.switchTo(accountId),
    'session.renew': (typed, signal) => session.renew(typed, signal),
    'session.setParty': (wanted, signal) => session.setParty(wanted, signal),
    'session.forget': async ({ accountId }) => bin.keep(await session.forget(accountId)),
    'session.diagnostics': () => session.diagnostics(),
    'session.signOut': async () => bin.keep(await session.signOut()),
    'containers.registerKey': (_nothing, signal) => loginKeys.register(signal),
  };
}
