import type { SavedConnection } from '../../../shared/model/connection.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import type { Secret } from '../base/secret.ts';
import { findIdentities, type LoginQuestion, type SshEndpoint } from '../ssh/index.ts';
import type { KnownKey } from './known-hosts.ts';

const mostJumps = 5;

/** As ssh(1) looks for them where no file is named. */
export const usualKeys = ['id_rsa', 'id_ecdsa', 'id_ecdsa_sk', 'id_ed25519', 'id_ed25519_sk', 'id_dsa'].map(
  (name) => `~/.ssh/${name}`,
);

/** What a connection needs of its surroundings to sign in. */
interface LoginSources {
  find(id: string): SavedConnection | undefined;
  /** The text of an ordinary file; a leading `~/` is the home folder. */
  readFile(path: string): Promise<string | undefined>;
  /** The password that was given for exactly this place. */
  password(connection: SavedConnection): Promise<Secret | undefined>;
  passphrase(file: string): Promise<Secret | undefined>;
  /** Socket or pipe of the agent that runs. */
  readonly agent: string | undefined;
  ask(id: string, question: LoginQuestion, signal: AbortSignal): Promise<readonly Secret[] | undefined>;
  runOf(connection: SavedConnection): string;
  readonly knownKeys: readonly KnownKey[];
  readonly clock: Clock;
}

/**
 * Where a connection leads and how it signs in. What is secret is looked up only when the server asks for it, after its key
 * was accepted. `connection_not_found`, `ssh_jump_loop`, `ssh_agent_missing`; each with {host, port}, so that it is known
 * whose it is where one leads through another.
 */
export async function endpointOf(id: string, sources: LoginSources): Promise<Result<SshEndpoint>> {
  const connection = sources.find(id);
  if (connection === undefined) return fail('connection_not_found');
  const { host, port, user, login, via, old } = connection;
  const jumps = jumpsOf(connection, sources.find);
  if (!jumps.ok) return jumps;
  const takesAgent = login === 'auto' || login === 'agent';
  const agent = !takesAgent || connection.agent === 'none' ? undefined : (connection.agent ?? sources.agent);
  if (login === 'agent' && agent === undefined) return fail('ssh_agent_missing', { params: { host, port } });
  const takesPassword = login === 'auto' || login === 'password' || login === 'questions';
  const password = login === 'questions' ? undefined : await sources.password(connection);
  return ok({
    host,
    port,
    user,
    runId: sources.runOf(connection),
    askHostKey: true,
    knownKeys: sources.knownKeys,
    ...(old === true ? { old } : {}),
    ...(via === undefined ? {} : { via, jump: jumpText(jumps.value) }),
    ...(password === undefined ? {} : { password }),
    ask: (question, signal) => sources.ask(id, question, signal),
    byOffer: {
      takesPassword,
      asksAll: login === 'questions',
      identities: () =>
        login === 'password' || login === 'questions'
          ? Promise.resolve({ list: [] })
          : findIdentities({
              // An agent alone is asked for all that it holds; files then only name some of its keys.
              files: connection.keyFiles ?? (login === 'agent' ? [] : usualKeys),
              certificateFiles: connection.certificateFiles ?? [],
              mayBeAbsent: connection.keyFiles === undefined && login !== 'key',
              identitiesOnly: connection.identitiesOnly === true,
              ...(agent === undefined ? {} : { agent }),
              read: sources.readFile,
              passphrase: sources.passphrase,
              clock: sources.clock,
            }),
    },
  });
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
