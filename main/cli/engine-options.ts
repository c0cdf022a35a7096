import type { RequestInput } from '../../shared/contract/requests.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Typed } from './command.ts';

/** What commands about services have in common. */
export interface EngineArguments {
  readonly json: boolean;
  readonly watch: boolean;
  readonly names: readonly string[];
  readonly options: Typed['options'];
}

export type SignIn =
  | { readonly kind: 'demo' }
  | { readonly kind: 'token'; readonly typed: RequestInput<'session.signIn'> };

export const textIn = (options: Typed['options'], name: string): string | undefined => {
  const value = options[name];
  const last = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' ? last : undefined;
};

/** Reads how an engine of the command's own signs in, or gives the one line that says what is missing. */
export function readSignIn(
  options: Typed['options'],
  environment: Readonly<Record<string, string | undefined>>,
): Result<SignIn, string> {
  if (options.demo === true) return ok({ kind: 'demo' });
  const token = environment.GEARWAY_TOKEN;
  if (token === undefined || token.trim() === '')
    return err(
      'no Gearway runs, and there is no account: start it, set GEARWAY_TOKEN to a token of the platform, or use --demo',
    );
  return ok({ kind: 'token', typed: withToken(options, token) });
}

/** The platform that the options name, signed in to with this token. */
export function withToken(options: Typed['options'], token: string): RequestInput<'session.signIn'> {
  const instance = textIn(options, 'instance') ?? 'openbayes';
  return instance === 'openbayes' || instance === 'hyperai'
    ? { instance, token }
    : { instance: 'private', origin: instance, domain: textIn(options, 'domain') ?? '', token };
}
