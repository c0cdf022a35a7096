import { type AppError, fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import { Secret } from '../base/secret.ts';
import { type AgentClient, createAgentClient } from './agent-client.ts';
import { type Certificate, readCertificate } from './certificate.ts';
import { isForeign, wholeSignature } from './foreign-key.ts';
import { nameOf, publicPartOf, readPublicLine } from './public-key.ts';
import { readKey } from './read-key.ts';
import type { Identities, Identity } from './types.ts';
import { readParts } from './wire-strings.ts';

interface KeySources {
  /** Paths of private keys or of public ones that name keys of the agent, in their order. */
  readonly files: readonly string[];
  /** Paths of certificates; where there is none, those beside the keys (`KEY-cert.pub`). */
  readonly certificateFiles: readonly string[];
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

/**
 * The keys that ssh(1) would try, in its order (`pubkey_prepare`, sshconnect2.c): certificates, keys of the agent that a
 * file names, the agent's others, then the files that the agent does not hold. Files that are absent are passed over.
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
    } else if (blob instanceof Buffer && isForeign(blob)) {
      problem ??= { code: 'ssh_security_key', params: { file } };
    } else {
      const made = await fileIdentity(file, text, blob instanceof Buffer ? blob : undefined, sources);
      if (made.ok) own.push(made.value);
      else problem ??= made.error;
    }
  }
  const certified = await certificatesOf(sources, [...own, ...agent.keys.values()]);
  for (const { blob } of certified.list) seen.add(blob.toString('base64'));
  problem ??= certified.problem;
  // One of several that is there is enough.
  if (own.length + named.length === 0 && !sources.mayBeAbsent) problem ??= absent;
  problem ??= agent.problem;
  const others = sources.identitiesOnly
    ? []
    : [...agent.keys].filter(([key]) => !seen.has(key)).map(([, identity]) => identity);
  const list = [...certified.list, ...named, ...others, ...own];
  return { list, ...(problem === undefined ? {} : { problem }) };
}

/** Certificates of users, each with the key that it speaks of: one of the files or one of the agent. */
async function certificatesOf(sources: KeySources, keys: readonly Identity[]): Promise<Identities> {
  const { certificateFiles, clock, read } = sources;
  const isNamed = certificateFiles.length > 0;
  const files = isNamed
    ? certificateFiles
    : sources.files.map((file) => `${file.replace(/\.pub$/, '')}-cert.pub`);
  const list: Identity[] = [];
  let problem: AppError | undefined;
  for (const file of files) {
    const text = await read(file);
    if (text === undefined) {
      if (isNamed) problem ??= { code: 'ssh_certificate_unreadable', params: { file } };
      continue;
    }
    const line = readPublicLine(text);
    const certificate = line === undefined ? undefined : readCertificate(line);
    if (certificate?.isForUsers !== true) {
      problem ??= { code: 'ssh_certificate_unreadable', params: { file } };
      continue;
    }
    const key = keys.find(({ blob }) => blob.equals(certificate.key));
    // The server decides; this is said where it refuses.
    if (clock.now() >= certificate.until || clock.now() < certificate.from)
      problem ??= { code: 'ssh_certificate_expired', params: { file } };
    if (key !== undefined) list.push(certifiedBy(certificate, key));
    else if (isNamed) problem ??= { code: 'ssh_certificate_without_key', params: { file } };
  }
  return { list, ...(problem === undefined ? {} : { problem }) };
}

const certifiedBy = ({ blob }: Certificate, key: Identity): Identity => ({
  blob,
  async sign(data) {
    const type = nameOf(key.blob) ?? '';
    const signed = await key.sign(data, type === 'ssh-rsa' ? 'sha512' : undefined);
    return !signed.ok || isForeign(key.blob) ? signed : ok(wholeSignature(type, signed.value));
  },
});

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

/** What the agent holds, by its public part. */
async function heldByAgent({ agent: socket, clock }: KeySources) {
  const keys = new Map<string, Identity>();
  if (socket === undefined) return { keys };
  const agent = createAgentClient(socket, clock);
  const found = await agent.keys();
  if (found === undefined) return { keys, problem: { code: 'ssh_agent_missing' } satisfies AppError };
  for (const blob of found)
    if (nameOf(blob) !== undefined) keys.set(blob.toString('base64'), agentIdentity(agent, blob));
  return { keys };
}

const agentIdentity = (agent: AgentClient, blob: Buffer): Identity => ({
  blob,
  async sign(data, hash) {
    const isRsaCertificate = nameOf(blob)?.startsWith('ssh-rsa-cert') === true;
    const signed = await agent.sign(blob, data, isRsaCertificate ? 'sha512' : hash);
    if (signed === undefined) return fail('ssh_agent_missing');
    if (isForeign(blob)) return ok(signed);
    const parts = readParts(signed);
    parts.part();
    const plain = parts.part();
    return plain === undefined ? fail('ssh_agent_missing') : ok(plain);
  },
});
