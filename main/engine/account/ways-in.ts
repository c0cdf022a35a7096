import type { Instance } from '../../../shared/model/instance.ts';
import type { BayesAccount, Session } from '../../../shared/model/session.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Secret } from '../base/secret.ts';
import { logIn } from '../platform/index.ts';
import { type BayesEntry, knownInstanceAt, readBayesConfig } from './bayes.ts';
import { readInstance, readLogin, signInInstance } from './sign-in.ts';
import type { SessionControl, SessionOptions } from './types.ts';

/** How a person brings a new account: by its token, by a password, or from the file of the `bayes` command. */
export function createWaysIn(options: {
  readonly session: Pick<SessionOptions, 'fetch' | 'clock' | 'bayesFile'>;
  /** Shows that an account is being opened, one at a time. */
  readonly opening: (work: () => Promise<Result<Session>>) => Promise<Result<Session>>;
  /** Asks the platform who this is, keeps the account and opens it. */
  readonly openAccount: (
    instance: Instance,
    token: Secret,
    signal: AbortSignal,
    partyId?: string,
  ) => Promise<Result<Session>>;
}): Pick<SessionControl, 'signIn' | 'signInWithPassword' | 'bayesAccounts' | 'importBayes'> {
  const { opening, openAccount } = options;
  const { fetch, clock, bayesFile } = options.session;
  return {
    signIn: (typed, signal) =>
      opening(async () => {
        const wanted = signInInstance(typed);
        if (!wanted.ok) return wanted;
        return openAccount(wanted.value.instance, wanted.value.token, signal);
      }),
    signInWithPassword: (typed, signal) =>
      opening(async () => {
        const instance = readInstance(typed);
        if (!instance.ok) return instance;
        const login = readLogin(typed);
        if (!login.ok) return login;
        const parts = { instance: instance.value, fetch, clock };
        const done = await logIn(parts, login.value, signal);
        return done.ok ? openAccount(instance.value, done.value.token, signal) : done;
      }),
    async bayesAccounts() {
      const read = await readBayesConfig(bayesFile);
      return read.ok ? ok({ accounts: read.value.map(withoutToken) }) : read;
    },
    importBayes: (wanted, signal) =>
      opening(async () => {
        const read = await readBayesConfig(bayesFile);
        if (!read.ok) return read;
        const entry = read.value.find(({ name }) => name === wanted.name.toLowerCase());
        if (entry === undefined) return fail('bayes_config_missing');
        if (entry.token === undefined) return fail('token_missing');
        const known = knownInstanceAt(entry.origin);
        const instance =
          known === undefined
            ? readInstance({ instance: 'private', origin: entry.origin, domain: wanted.domain })
            : ok(known);
        return instance.ok ? openAccount(instance.value, entry.token, signal, entry.party) : instance;
      }),
  };
}

const withoutToken = ({ token: _secret, ...account }: BayesEntry): BayesAccount => account;
