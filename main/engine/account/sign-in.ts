import type { RequestInput } from '../../../shared/contract/requests.ts';
import { type Instance, knownInstances } from '../../../shared/model/instance.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { Secret } from '../base/secret.ts';
import { readDomain, readOrigin, readToken } from '../platform/index.ts';

/** What a person typed to sign in. */
export type SignIn = RequestInput<'session.signIn'>;
export type PasswordSignIn = RequestInput<'session.signInWithPassword'>;
type TypedInstance = Pick<SignIn, 'instance' | 'origin' | 'domain'>;

/**
 * Reads it, or says which field is wrong: `origin_invalid`, `domain_invalid`, `token_missing`, `token_refused`.
 * The order is that of the form, so that the first wrong field is the one named.
 */
export function signInInstance(
  typed: SignIn,
): Result<{ readonly instance: Instance; readonly token: Secret }> {
  const instance = readInstance(typed);
  if (!instance.ok) return instance;
  const token = readToken(typed.token);
  return token.ok ? ok({ instance: instance.value, token: token.value }) : token;
}

/** `user_missing` with its field where one of both is empty. A password is taken as it is, blanks included. */
export function readLogin(typed: {
  readonly username: string;
  readonly password: string;
}): Result<{ readonly username: string; readonly password: Secret }> {
  const username = typed.username.trim();
  if (username === '') return fail('user_missing', { field: 'username' });
  if (typed.password === '') return fail('user_missing', { field: 'password' });
  return ok({ username, password: new Secret(typed.password) });
}

/** The platform that was chosen or typed. `origin_invalid`, `domain_invalid`, each with its field. Pure. */
export function readInstance(typed: TypedInstance): Result<Instance> {
  if (typed.instance !== 'private') return ok(knownInstances[typed.instance]);
  const origin = readOrigin(typed.origin ?? '');
  if (!origin.ok) return origin;
  const domain = readEdge(typed.domain ?? '');
  if (!domain.ok) return domain;
  const { host } = new URL(origin.value);
  return ok({ kind: 'private', name: host, origin: origin.value, edge: domain.value });
}

/**
 * The base domain, with the scheme and port where they are not HTTPS on 443: a platform run for a trial says
 * `http://gear.localhost:41002`.
 */
function readEdge(typed: string): Result<Instance['edge']> {
  const found = /^(?:(https?):\/\/)?([^/]*?)(?::(\d{1,5}))?\/?$/i.exec(typed.trim());
  const domain = readDomain(found?.[2] ?? typed);
  if (!domain.ok) return domain;
  const scheme = found?.[1]?.toLowerCase() === 'http' ? 'http' : 'https';
  const port = found?.[3] === undefined ? undefined : Number(found[3]);
  if (port !== undefined && (port < 1 || port > 65535)) return fail('domain_invalid', { field: 'domain' });
  return ok({ scheme, domain: domain.value, ...(port === undefined ? {} : { port }) });
}
