import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HeaderChange, HeaderRule } from '../../../shared/model/headers.ts';
import type { LocalDetails, LocalOptions } from '../../../shared/model/local-options.ts';
import type { ProxyState } from '../../../shared/model/session.ts';
import { own } from '../../../shared/own.ts';
import { readPort } from '../../../shared/platform-rules/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { nextChoice, presetOf, rulesOf } from '../../../shared/routing/index.ts';
import { nothingToPutBack, type PutBack } from '../base/bin.ts';
import type { Clock, Log } from '../base/effects.ts';
import type { EngineMemory } from '../base/memory.ts';
import { Secret, type SecretStore } from '../base/secret.ts';
import type { BundledProxy } from '../proxy/index.ts';
import { type Authority, endOf, issue, makeAuthority } from './authority.ts';
import type { ServiceKeys } from './service-keys.ts';
import { authorityFile, type TrustStore } from './trust/index.ts';

/** What people chose for local addresses: kept in memory, keys in the keychain, handed to the proxy. */
export interface LocalAddresses {
  /** Reads the keys that were kept. */
  start(): Promise<void>;
  rules(id: string, kindName: string | undefined): ReadonlySet<HeaderRule>;
  ownPort(id: string): number | undefined;
  credential(id: string): Secret | undefined;
  details(id: string, kindName: string | undefined, clash: string | undefined): LocalDetails;
  setHeaders(id: string, step: HeaderChange): Result<null>;
  /** As typed; empty takes a free one, `undefined` closes it. `port_invalid`. */
  setOwnPort(id: string, typed: string | undefined): Result<null>;
  setKeepBodies(id: string, keep: boolean): Result<null>;
  /** `credential_invalid` for what can stand in no header. */
  setCredential(id: string, key: string): Promise<Result<null>>;
  forgetCredential(id: string): Promise<Result<PutBack>>;
  /** Keys of services that are given up with their account go with it. */
  forgetServices(isGone: (id: string) => boolean): Promise<PutBack>;
  /** Pages of other sites may change it, or no more. */
  setCrossSite(id: string, allowed: boolean): Result<null>;
  allowsCrossSite(id: string): boolean;
  /** HTTPS beside HTTP, by an authority of this computer's own. `authority_unavailable`. */
  setHttps(on: boolean): Promise<Result<null>>;
  /** Puts the authority among those that the system trusts, or takes it away; see `TrustStore`. */
  setTrusted(on: boolean, signal: AbortSignal): Promise<Result<null>>;
  /** The authority while HTTPS is on, and whether the system trusts one. */
  https(): Pick<ListeningProxy, 'https' | 'trusted'>;
}

type ListeningProxy = Extract<ProxyState, { readonly kind: 'listening' }>;

const done = ok(null);

export function createLocalAddresses(options: {
  readonly memory: EngineMemory;
  readonly secrets: SecretStore;
  readonly proxy: Pick<BundledProxy, 'secure' | 'inspector' | 'ownPort' | 'changes'>;
  /** The keys that are known; the proxy reads them. */
  readonly keys: ServiceKeys;
  readonly onChange: () => void;
  readonly trust: TrustStore;
  /** Where the certificate of the authority is laid, absolute. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
}): LocalAddresses {
  const { memory, secrets, keys } = options;
  let authority: Authority | undefined;
  let trusted: boolean | undefined;
  const file = join(options.folder, 'local-authority.pem');
  const of = (id: string): LocalOptions => own(memory.read().local, id) ?? {};

  function change(id: string, part: Partial<LocalOptions>): Result<null> {
    const { [id]: before, ...rest } = memory.read().local;
    memory.update({ local: { ...rest, [id]: { ...before, ...part } } });
    options.onChange();
    return done;
  }

  async function keepKey(id: string, mark: string, secret: Secret): Promise<Result<null>> {
    const { credentialFor: before } = of(id);
    if (before !== undefined && before !== mark) await secrets.forget(keyId(before));
    await secrets.write(keyId(mark), secret);
    keys.set(id, mark, secret);
    return change(id, { credentialFor: mark });
  }

  async function dropKey(id: string): Promise<void> {
    const { credentialFor: mark } = of(id);
    keys.delete(id);
    if (mark !== undefined) await secrets.forget(keyId(mark));
    change(id, { credentialFor: undefined });
  }

  /** The authority that was kept, or a new one where it or its key is gone or ends soon. */
  async function findAuthority(): Promise<Authority> {
    const now = options.clock.now();
    const certificate = memory.read().https.authority;
    const key = await secrets.read(authorityKeyId);
    const kept = certificate === undefined || key === undefined ? undefined : { certificate, key };
    const end = kept === undefined ? undefined : await endOf(kept);
    if (kept !== undefined && end !== undefined && end > now + renewMs) return kept;
    const made = await makeAuthority(now);
    await secrets.write(authorityKeyId, made.key);
    return made;
  }

  async function openHttps(): Promise<Result<null>> {
    try {
      const found = await findAuthority();
      await lay(found.certificate);
      authority = found;
      memory.update({ https: { ...memory.read().https, on: true, authority: found.certificate } });
      options.proxy.secure({ for: (name) => issue(found, name, options.clock.now()) });
      options.onChange();
      return done;
    } catch (error) {
      options.log('error', 'https.notOpened', { error: error instanceof Error ? error.message : '' });
      return fail('authority_unavailable');
    }
  }

  /** Programs of the system want a file. It holds nothing secret. */
  async function lay(certificate: string) {
    await mkdir(options.folder, { recursive: true });
    await writeFile(file, certificate);
    return authorityFile(file, certificate);
  }

  async function lookAtTrust(signal: AbortSignal) {
    const { installed } = memory.read().https;
    const wanted = authority?.certificate ?? installed;
    const known = wanted === undefined ? undefined : authorityFile(file, wanted);
    trusted = known === undefined ? undefined : await options.trust.has(known, signal);
  }

  /** The system's programs may take their time: nothing waits for them. */
  const lookAtTrustSoon = () =>
    void lookAtTrust(AbortSignal.timeout(lookMs)).then(() => trusted !== undefined && options.onChange());

  /** Takes away what was put there, an older one too. */
  async function distrust(signal: AbortSignal): Promise<Result<null>> {
    const { authority: made, installed } = memory.read().https;
    for (const certificate of new Set([installed, made])) {
      const known = certificate === undefined ? undefined : await lay(certificate);
      const removed = known === undefined ? done : await options.trust.remove(known, signal);
      if (!removed.ok) return removed;
    }
    memory.update({ https: { ...memory.read().https, installed: undefined } });
    return done;
  }

  async function trustIt(signal: AbortSignal): Promise<Result<null>> {
    const wanted = authority?.certificate;
    if (wanted === undefined) return fail('authority_unavailable');
    const { installed } = memory.read().https;
    const old = installed === undefined || installed === wanted ? done : await distrust(signal);
    if (!old.ok) return old;
    const known = await lay(wanted);
    if (known === undefined) return fail('authority_unavailable');
    // Remembered first: what was asked for half must be found again to be taken away.
    memory.update({ https: { ...memory.read().https, installed: wanted } });
    return options.trust.install(known, signal);
  }

  return {
    async start() {
      if (memory.read().https.on) await openHttps();
      lookAtTrustSoon();
      for (const [id, { hasCredential, credentialFor: mark, keepBodies }] of Object.entries(
        memory.read().local,
      )) {
        if (keepBodies === true) options.proxy.inspector.keepBodies(id, true);
        if (hasCredential === true) {
          // Kept by an older version, which did not note for whom: nobody can say where it may go.
          await secrets.forget(keyId(id));
          change(id, { hasCredential: undefined });
        }
        if (mark === undefined) continue;
        const key = await secrets.read(keyId(mark));
        // Without a keychain a key lives as long as the application: then it is simply not there any more.
        if (key === undefined) change(id, { credentialFor: undefined });
        else keys.set(id, mark, key);
      }
      options.onChange();
    },
    rules: (id, kindName) => rulesOf(of(id).headers, kindName),
    ownPort: (id) => of(id).ownPort,
    credential: (id) => keys.get(id),
    details(id, kindName, clash) {
      const { headers, keepBodies, allowsCrossSite } = of(id);
      const chosen = headers?.preset ?? 'auto';
      const own = options.proxy.ownPort(id);
      return {
        changes: options.proxy.changes(id),
        ownPort: own?.kind === 'listening' ? { kind: 'listening', url: `http://127.0.0.1:${own.port}` } : own,
        headers: {
          chosen,
          preset: chosen === 'auto' ? presetOf(kindName) : chosen,
          rules: [...rulesOf(headers, kindName)],
        },
        hasCredential: keys.get(id) !== undefined,
        allowsCrossSite: allowsCrossSite === true,
        keepsBodies: keepBodies === true,
        clash,
      };
    },
    async setHttps(on) {
      if (on) {
        const opened = await openHttps();
        lookAtTrustSoon();
        return opened;
      }
      authority = undefined;
      memory.update({ https: { ...memory.read().https, on: false } });
      options.proxy.secure(undefined);
      options.onChange();
      return done;
    },
    async setTrusted(on, signal) {
      const changed = on ? await trustIt(signal) : await distrust(signal);
      await lookAtTrust(signal);
      if (authority !== undefined) await lay(authority.certificate);
      options.onChange();
      return changed;
    },
    https: () => ({
      https: authority === undefined ? undefined : { authority: authority.certificate, file },
      trusted,
    }),
    setHeaders: (id, step) => change(id, { headers: nextChoice(of(id).headers, step) }),
    setOwnPort(id, typed) {
      if (typed === undefined) return change(id, { ownPort: undefined });
      const port = typed.trim() === '' ? 0 : readPort(typed);
      return port === undefined ? fail('port_invalid', { field: 'ownPort' }) : change(id, { ownPort: port });
    },
    setCrossSite: (id, allowed) => change(id, { allowsCrossSite: allowed }),
    allowsCrossSite: (id) => of(id).allowsCrossSite === true,
    setKeepBodies(id, keep) {
      options.proxy.inspector.keepBodies(id, keep);
      return change(id, { keepBodies: keep });
    },
    async setCredential(id, key) {
      // RFC 6750 §2.1 would allow fewer characters; what servers hand out as keys is seldom so strict.
      if (!/^[\x21-\x7e]{1,4000}$/.test(key)) return fail('credential_invalid', { field: 'key' });
      const mark = keys.markOf(id);
      return mark === undefined ? fail('not_signed_in') : keepKey(id, mark, new Secret(key));
    },
    async forgetCredential(id) {
      const { credentialFor: mark } = of(id);
      const gone = mark === undefined ? undefined : await secrets.read(keyId(mark));
      await dropKey(id);
      return ok(gone === undefined || mark === undefined ? nothingToPutBack : () => keepKey(id, mark, gone));
    },
    async forgetServices(isGone) {
      const gone: (() => Promise<Result<null>>)[] = [];
      for (const [id, { credentialFor: mark }] of Object.entries(memory.read().local)) {
        if (mark === undefined || !isGone(id)) continue;
        const secret = await secrets.read(keyId(mark));
        await dropKey(id);
        if (secret !== undefined) gone.push(() => keepKey(id, mark, secret));
      }
      return async () => {
        for (const putBack of gone) await putBack();
        return done;
      };
    },
  };
}

const authorityKeyId = 'authority';
/** Certificates issued now must end before their authority does. */
const renewMs = 400 * 86_400_000;

const lookMs = 20_000;

const keyId = (mark: string): string => `credential:${mark}`;
