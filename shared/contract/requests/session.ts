import { z } from 'zod';
import type { Removed } from '../../model/removed.ts';
import type { BayesAccount, Diagnostics, Session } from '../../model/session.ts';
import { engine, nothing } from './kinds.ts';

const accountId = z.strictObject({ accountId: z.string().min(1).max(500) });
/** The instance, as typed: origin and domain with `private` only. */
const typedInstance = {
  instance: z.enum(['openbayes', 'hyperai', 'private']),
  origin: z.string().max(500).optional(),
  domain: z.string().max(300).optional(),
};

export const sessionRequests = {
  'session.try': engine<Session>()(nothing),
  'session.signIn': engine<Session>()(
    z.strictObject({
      ...typedInstance,
      token: z.string().max(10_000),
    }),
  ),
  /** The password is exchanged for a token and kept nowhere. */
  'session.signInWithPassword': engine<Session>()(
    z.strictObject({
      ...typedInstance,
      username: z.string().max(300),
      password: z.string().max(1000),
    }),
  ),
  /** Accounts that the `bayes` command of this machine is signed in to; empty where there is none. */
  'session.bayesAccounts': engine<{ readonly accounts: readonly BayesAccount[] }>()(nothing),
  'session.importBayes': engine<Session>()(
    z.strictObject({
      name: z.string().min(1).max(300),
      /** As typed; for an instance that is not one of the public ones. */
      domain: z.string().max(300).optional(),
    }),
  ),
  /** Opens another account that is kept; the one that was open stays kept. */
  'session.switch': engine<Session>()(accountId),
  /** A new token for the same account, as pasted; or user name and password of it. */
  'session.renew': engine<Session>()(
    z.union([
      accountId.extend({ token: z.string().max(10_000) }),
      accountId.extend({ username: z.string().max(300), password: z.string().max(1000) }),
    ]),
  ),
  /** In whose name to work: an organisation, or without one the user. */
  'session.setParty': engine<Session>()(accountId.extend({ partyId: z.string().max(300).optional() })),
  /** Signs out of the open account and forgets it, its token and its tunnels. */
  'session.signOut': engine<Removed>()(nothing),
  /** The same for any account that is kept. */
  'session.forget': engine<Removed>()(accountId),
  /** What was found out about the platform's API; to show and to copy. */
  'session.diagnostics': engine<Diagnostics>()(nothing),
} as const;
