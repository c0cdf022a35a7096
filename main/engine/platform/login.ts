import { fail, ok, type Result } from '../../../shared/result.ts';
import { Secret } from '../base/secret.ts';
import { createGateway, type GatewayOptions } from './gateway.ts';
import { queries } from './queries.ts';
import { wireLogin } from './wire.ts';

/**
 * Exchanges user name and password for a token; the password is kept nowhere. Errors: `password_refused` for every
 * refusal of the platform, and what `PlatformClient` says of a question without an answer.
 */
export async function logIn(
  options: Omit<GatewayOptions, 'token' | 'secrets'>,
  typed: { readonly username: string; readonly password: Secret },
  signal: AbortSignal,
): Promise<Result<{ readonly token: Secret }>> {
  const password = typed.password.reveal();
  const gateway = createGateway({ ...options, secrets: [password] });
  const variables = { username: typed.username, password };
  const answer = await gateway.ask({ query: queries.login, variables, schema: wireLogin, signal });
  if (answer.ok) return ok({ token: new Secret(answer.value.login.token) });
  const { code, detail } = answer.error;
  const refused = ['token_refused', 'platform_error', 'forbidden', 'container_not_found'].includes(code);
  return refused ? fail('password_refused', { field: 'password', detail }) : answer;
}
