import type { SavedConnection } from '../../../shared/model/connection.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Secret } from '../base/secret.ts';
import { type LoginQuestion, readKey, type SshEndpoint } from '../ssh/index.ts';

const mostJumps = 5;

/** What a connection needs of its surroundings to sign in. */
interface LoginSources {
  find(id: string): SavedConnection | undefined;
  /** The text of a file; a leading `~/` is the home folder. */
  readFile(path: string): Promise<Secret | undefined>;
  secret(id: string): Promise<Secret | undefined>;
  /** Socket or pipe of the agent that runs. */
  readonly agent: string | undefined;
  ask(id: string, question: LoginQuestion, signal: AbortSignal): Promise<readonly Secret[] | undefined>;
  runOf(host: string, port: number): string;
}

/**
 * Where a connection leads and how it signs in. `connection_not_found`, `ssh_jump_loop`, `ssh_agent_missing`,
 * `key_file_missing` {file}, `ssh_password_needed`, and what `readKey` says; each with {host, port}, so that it is known
 * whose it is where one leads through another.
 */
export async function endpointOf(id: string, sources: LoginSources): Promise<Result<SshEndpoint>> {
  const connection = sources.find(id);
  if (connection === undefined) return fail('connection_not_found');
  const { host, port, user, login, keyFile, via, old } = connection;
  const jumps = jumpsOf(connection, sources.find);
  if (!jumps.ok) return jumps;
  const place: SshEndpoint = {
    host,
    port,
    user,
    runId: sources.runOf(host, port),
    askHostKey: true,
    ...(old === true ? { old } : {}),
    ...(via === undefined ? {} : { via, jump: jumpText(jumps.value) }),
  };
  switch (login) {
    case 'agent':
      return sources.agent === undefined
        ? fail('ssh_agent_missing', { params: { host, port } })
        : ok({ ...place, agent: sources.agent });
    case 'password': {
      const password = await sources.secret(id);
      return password === undefined
        ? fail('ssh_password_needed', { params: { host, port } })
        : ok({ ...place, password });
    }
    case 'questions':
      return ok({ ...place, ask: (question, signal) => sources.ask(id, question, signal) });
    case 'key': {
      const file = keyFile ?? '~/.ssh/id_ed25519';
      const text = await sources.readFile(file);
      if (text === undefined) return fail('key_file_missing', { params: { file, host, port } });
      const key = readKey(text, await sources.secret(id));
      if (key.ok) return ok({ ...place, keys: [key.value] });
      const { code, params } = key.error;
      return fail(code, { params: { ...params, host, port } });
    }
    default:
      return login satisfies never;
  }
}

/** The hosts on the way, the first to be reached first. `ssh_jump_loop` for a circle or more than five. */
export function jumpsOf(
  connection: SavedConnection,
  find: (id: string) => SavedConnection | undefined,
): Result<readonly SavedConnection[]> {
  const jumps: SavedConnection[] = [];
  for (let { via } = connection; via !== undefined; ) {
    const next = find(via);
    if (next === undefined) return fail('connection_not_found');
    if (next.id === connection.id || jumps.includes(next) || jumps.length === mostJumps)
      return fail('ssh_jump_loop');
    jumps.unshift(next);
    via = next.via;
  }
  return ok(jumps);
}

/** As `-J` takes them. */
export const jumpText = (jumps: readonly SavedConnection[]): string =>
  jumps.map(({ user, host, port }) => `${user}@${host.includes(':') ? `[${host}]` : host}:${port}`).join(',');
