import ssh2, { type BaseAgent, type ParsedKey } from 'ssh2';
import { type AppError, fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import { Secret } from '../base/secret.ts';
import { nameOf, publicPartOf, readPublicLine } from './public-key.ts';
import { readKey } from './read-key.ts';
import type { Identities, Identity } from './types.ts';

interface KeySources {
  /** Paths of private keys or of public ones that name keys of the agent, in their order. */
  readonly files: readonly string[];
  /** Absent ones of these are nothing to speak of. */
  readonly mayBeAbsent: boolean;
  /** Socket or pipe of the agent. */
  readonly agent?: string;
  /** Keys of the agent only where a file names them. */
  readonly identitiesOnly: boolean;
  read(path: string): Promise<string | undefined>;
  passphrase(file: string): Promise<Secret | undefined>;
  readonly clock: Clock;
}

const agentDeadlineMs = 5_000;

/**
 * The keys that ssh(1) would try, in its order (`pubkey_prepare`, sshconnect2.c): those of the agent that a file names,
 * the agent's others, then the files that the agent does not hold. Files that are absent are passed over.
 */
export async function findIdentities(sources: KeySources): Promise<Identities> {
  const agent = await heldByAgent(sources);
  const named: Identity[] = [];
  const own: Identity[] = [];
  const seen = new Set<string>();
  let problem: AppError | undefined;
  let absent: AppError | undefined;
  for (const file of sources.files) {
    const text = await sources.read(file);
    const beside = await sources.read(`${file}.pub`);
    const isPublic = text !== undefined && readPublicLine(text) !== undefined;
    const blob = readPublicLine(isPublic ? text : (beside ?? '')) ?? (text && publicPartOf(text));
    const held = blob === undefined || blob === '' ? undefined : agent.keys.get(blob.toString('base64'));
    if (held !== undefined && blob instanceof Buffer) {
      seen.add(blob.toString('base64'));
      named.push(held);
    } else if (isPublic) {
      problem ??= { code: 'ssh_key_not_in_agent', params: { file } };
    } else if (text === undefined) {
      absent ??= { code: 'key_file_missing', params: { file } };
    } else {
      const made = await fileIdentity(file, text, blob instanceof Buffer ? blob : undefined, sources);
      if (made.ok) own.push(made.value);
      else problem ??= made.error;
    }
  }
  // One of several that is there is enough.
  if (own.length + named.length === 0 && !sources.mayBeAbsent) problem ??= absent;
  problem ??= agent.problem;
  const others = sources.identitiesOnly
    ? []
    : [...agent.keys].filter(([key]) => !seen.has(key)).map(([, identity]) => identity);
  return { list: [...named, ...others, ...own], ...(problem === undefined ? {} : { problem }) };
}

/** A key of a file. One whose public part cannot be known before needs its passphrase first. */
async function fileIdentity(
  file: string,
  text: string,
  known: Buffer | undefined,
  sources: KeySources,
): Promise<Result<Identity>> {
  const withFile = (error: AppError): AppError => ({ ...error, params: { ...error.params, file } });
  const open = async () => {
    const plain = readKey(new Secret(text), undefined);
    if (plain.ok || plain.error.code !== 'ssh_passphrase_needed') return plain;
    const passphrase = await sources.passphrase(file);
    return passphrase === undefined ? plain : readKey(new Secret(text), passphrase);
  };
  let blob = known;
  if (blob === undefined) {
    const key = await open();
    if (!key.ok) return { ok: false, error: withFile(key.error) };
    blob = key.value.parsed.getPublicSSH();
  }
  return ok({
    blob,
    async sign(data, hash) {
      const key = await open();
      if (!key.ok) return { ok: false, error: withFile(key.error) };
      const signature = key.value.parsed.sign(data, hash);
      return signature instanceof Error ? fail('ssh_key_unreadable', { params: { file } }) : ok(signature);
    },
  });
}

/** What the agent holds, by its public part; certificates are not among what can be sent. */
async function heldByAgent({ agent: socket, clock }: KeySources) {
  const keys = new Map<string, Identity>();
  if (socket === undefined) return { keys };
  const agent = ssh2.createAgent(socket);
  const found = await within<readonly unknown[]>(clock, (settle) =>
    agent.getIdentities((error, list) => settle(error ?? list ?? [])),
  );
  if (!Array.isArray(found)) return { keys, problem: { code: 'ssh_agent_missing' } satisfies AppError };
  for (const key of found) {
    const blob = Buffer.isBuffer(key) ? key : (key as Partial<ParsedKey>).getPublicSSH?.();
    if (blob !== undefined && nameOf(blob) !== undefined)
      keys.set(blob.toString('base64'), agentIdentity(agent, blob, clock));
  }
  return { keys };
}

const agentIdentity = (agent: BaseAgent, blob: Buffer, clock: Clock): Identity => ({
  blob,
  async sign(data, hash) {
    const signed = await within<Buffer>(
      clock,
      (settle) =>
        agent.sign(blob, data, hash === undefined ? {} : { hash: hash as 'sha256' }, (error, signature) =>
          settle(error ?? signature ?? new Error('no signature')),
        ),
      // A person may have to touch a token or to confirm.
      60_000,
    );
    return Buffer.isBuffer(signed) ? ok(signed) : fail('ssh_agent_missing');
  },
});

/** An agent that does not answer is none. */
function within<T>(
  clock: Clock,
  work: (settle: (outcome: T | Error) => void) => void,
  ms = agentDeadlineMs,
): Promise<T | Error> {
  return new Promise((resolve) => {
    const stop = clock.after(ms, () => resolve(new Error('the agent does not answer')));
    const settle = (outcome: T | Error) => {
      stop();
      resolve(outcome);
    };
    try {
      work(settle);
    } catch (error) {
      settle(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
