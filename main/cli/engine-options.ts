import type { RequestInput } from '../../shared/contract/requests.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readOptions } from './read-options.ts';

/** What `ls`, `open` and `compare` have in common. */
export interface EngineArguments {
  readonly json: boolean;
  readonly watch: boolean;
  readonly signIn: { readonly kind: 'demo' } | { readonly kind: 'token'; readonly typed: SignIn };
  readonly names: readonly string[];
}

type SignIn = RequestInput<'session.signIn'>;

/** Reads the options, or gives the one line that says what is wrong with them. */
export function readEngineArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Result<EngineArguments, string> {
  const parsed = readOptions({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      demo: { type: 'boolean', default: false },
      watch: { type: 'boolean', default: false },
      instance: { type: 'string', default: 'openbayes' },
      domain: { type: 'string', default: '' },
    },
  });
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const common = { json: values.json, watch: values.watch, names: positionals };
  if (values.demo) return ok({ ...common, signIn: { kind: 'demo' } });
  const token = environment.GEARWAY_TOKEN;
  if (token === undefined || token.trim() === '')
    return err('no account: set GEARWAY_TOKEN to a token of the platform, or use --demo');
  const instance = values.instance;
  const typed: SignIn =
    instance === 'openbayes' || instance === 'hyperai'
      ? { instance, token }
      : { instance: 'private', origin: instance, domain: values.domain, token };
  return ok({ ...common, signIn: { kind: 'token', typed } });
}
