import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { emptyMemory, type Memory, memorySchema } from '../../../shared/model/memory.ts';
import { fail, ok } from '../../../shared/result.ts';
import { silentLog, systemClock } from '../base/effects.ts';
import { createMemory } from '../base/memory.ts';
import { Secret, type SecretStore } from '../base/secret.ts';
import { type BundledProxy, createProxy } from '../proxy/index.ts';
import { makeAuthority } from './authority.ts';
import { createLocalAddresses } from './local-addresses.ts';
import { createServiceKeys } from './service-keys.ts';
import type { TrustStore } from './trust/index.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const call of undo.splice(0).reverse()) await call();
});

/** A computer: what stays when the engine is started again. */
async function computer() {
  const folder = await mkdtemp(join(tmpdir(), 'gw-local-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const keychain = new Map<string, Secret>();
  const secrets: SecretStore = {
    read: async (id) => keychain.get(id),
    write: async (id, secret) => void keychain.set(id, secret),
    forget: async (id) => void keychain.delete(id),
  };
  const trusted = new Set<string>();
  const trust: TrustStore = {
    has: async ({ pem }) => trusted.has(pem),
    async install({ pem, path }) {
      if (!existsSync(path)) return fail('authority_not_installed');
      trusted.add(pem);
      return ok(null);
    },
    async remove({ pem }) {
      trusted.delete(pem);
      return ok(null);
    },
  };
  let place: { origin: string; accountId: string } | undefined = {
    origin: 'https://one.example',
    accountId: 'me',
  };
  let file = JSON.stringify(emptyMemory());
  async function startEngine() {
    const memory = createMemory(memorySchema.parse(JSON.parse(file)), (next: Memory) => {
      file = JSON.stringify(next);
    });
    const proxy: BundledProxy = createProxy({ clock: systemClock, log: silentLog });
    undo.push(() => proxy.stop());
    const started = await proxy.start(0);
    const local = createLocalAddresses({
      ...{ memory, secrets, trust, folder, clock: systemClock, log: silentLog },
      proxy,
      keys: createServiceKeys(() => place),
      onChange: () => {},
    });
    await local.start();
    return { local, proxy, port: started.ok ? started.value.port : 0 };
  }
  const move = (to: typeof place) => {
    place = to;
  };
  const rewrite = (change: (memory: Memory) => Memory) => {
    file = JSON.stringify(change(memorySchema.parse(JSON.parse(file))));
  };
  return { startEngine, keychain, trusted, file: () => file, move, rewrite };
}

const { signal } = new AbortController();

const statusByHttps = (port: number, ca: string) =>
  new Promise<number | string>((resolve) => {
    const asked = get({ host: '127.0.0.1', port, servername: 'web.localhost', ca, agent: false }, (answer) =>
      resolve(answer.resume().statusCode ?? 0),
    );
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });

describe('after a restart of the engine', () => {
  it('choices and keys of a service are what they were', async () => {
    const { startEngine, file } = await computer();
    const first = await startEngine();
    first.local.setHeaders('a', { preset: 'jupyter' });
    first.local.setHeaders('a', { rule: 'cookies', on: false });
    first.local.setOwnPort('a', '');
    first.local.setKeepBodies('a', true);
    await first.local.setCredential('a', 'sk-of-a');
    expect(file()).not.toContain('sk-of-a');

    const { local, proxy } = await startEngine();
    expect(local.credential('a')?.reveal()).toBe('sk-of-a');
    expect(local.credential('b')).toBeUndefined();
    expect(local.ownPort('a')).toBe(0);
    expect(local.rules('a', undefined).has('cookies')).toBe(false);
    expect(proxy.inspector.keepsBodies('a')).toBe(true);
    expect(local.details('a', undefined, undefined)).toMatchObject({
      hasCredential: true,
      headers: { chosen: 'jupyter' },
    });
  });

  it('a key that the keychain lost is said to be gone', async () => {
    const { startEngine, keychain } = await computer();
    await (await startEngine()).local.setCredential('a', 'sk-of-a');
    keychain.clear();
    const { local } = await startEngine();
    expect(local.details('a', undefined, undefined).hasCredential).toBe(false);
  });

  it('a key that was forgotten stays forgotten, unless it is put back', async () => {
    const { startEngine, keychain } = await computer();
    const { local } = await startEngine();
    await local.setCredential('a', 'sk-of-a');
    const forgotten = await local.forgetCredential('a');
    expect(keychain.size).toBe(0);
    expect((await startEngine()).local.credential('a')).toBeUndefined();
    expect(forgotten.ok && (await forgotten.value()).ok).toBe(true);
    expect(local.credential('a')?.reveal()).toBe('sk-of-a');
    expect(keychain.size).toBe(1);
  });

  it('a key goes to the platform and the account for which it was given, and to no other that names a container alike', async () => {
    const { startEngine, keychain, move } = await computer();
    const { local } = await startEngine();
    await local.setCredential('job:7860', 'sk-of-one');
    for (const other of [
      { origin: 'https://other.example', accountId: 'me' },
      { origin: 'https://one.example', accountId: 'another' },
      undefined,
    ]) {
      move(other);
      expect(local.credential('job:7860')).toBeUndefined();
      expect((await startEngine()).local.credential('job:7860')).toBeUndefined();
      expect(local.details('job:7860', undefined, undefined).hasCredential).toBe(false);
    }
    expect(await local.setCredential('job:7860', 'x')).toMatchObject({ error: { code: 'not_signed_in' } });
    move({ origin: 'https://one.example', accountId: 'me' });
    expect(local.credential('job:7860')?.reveal()).toBe('sk-of-one');
    const putBack = await local.forgetServices((id) => id.startsWith('job:'));
    expect([local.credential('job:7860'), keychain.size]).toEqual([undefined, 0]);
    await putBack();
    expect(local.credential('job:7860')?.reveal()).toBe('sk-of-one');
    move({ origin: 'https://other.example', accountId: 'me' });
    await local.setCredential('job:7860', 'sk-of-other');
    expect([...keychain.values()].map((key) => key.reveal())).toEqual(['sk-of-other']);
  });

  it('a key that an older version kept, for nobody knows which account, is forgotten', async () => {
    const { startEngine, keychain, rewrite, file } = await computer();
    keychain.set('credential:a', new Secret('old'));
    rewrite((memory) => ({ ...memory, local: { a: { hasCredential: true } } }));
    const { local } = await startEngine();
    expect([local.credential('a'), keychain.size]).toEqual([undefined, 0]);
    expect(file()).not.toContain('hasCredential');
  });

  it('an authority that came with a file is not taken for ours: another key signed it, or it may sign for more', async () => {
    const { startEngine, rewrite } = await computer();
    const first = await startEngine();
    await first.local.setHttps(true);
    const ours = first.local.https().https?.authority ?? '';
    const foreign = (await makeAuthority(Date.now())).certificate;
    rewrite((memory) => ({ ...memory, https: { on: true, authority: foreign } }));
    const second = (await startEngine()).local.https().https?.authority;
    expect(second).not.toBe(foreign);
    expect(second).not.toBe(ours);
  });

  it('HTTPS is on by the same authority, whose key no file holds', async () => {
    const { startEngine, file } = await computer();
    const first = await startEngine();
    await first.local.setHttps(true);
    const ca = first.local.https().https?.authority ?? '';
    const second = await startEngine();
    expect(second.local.https().https?.authority).toBe(ca);
    expect(await statusByHttps(second.port, ca)).toBe(200);
    expect(file()).not.toContain('PRIVATE');
    await second.local.setHttps(false);
    expect(await statusByHttps(second.port, ca)).not.toBe(200);
    expect((await startEngine()).local.https().https).toBeUndefined();
  });
});

describe('trust of the system', () => {
  it('is given and taken on request only, and known after a restart', async () => {
    const { startEngine, trusted } = await computer();
    const { local } = await startEngine();
    expect(await local.setTrusted(true, signal)).toMatchObject({ error: { code: 'authority_unavailable' } });
    await local.setHttps(true);
    expect(trusted.size).toBe(0);
    expect(await local.setTrusted(true, signal)).toEqual(ok(null));
    expect(local.https().trusted).toBe(true);
    await local.setHttps(false);

    const again = await startEngine();
    await expect.poll(() => again.local.https().trusted).toBe(true);
    expect(await again.local.setTrusted(false, signal)).toEqual(ok(null));
    expect(trusted.size).toBe(0);
    expect(again.local.https().trusted).not.toBe(true);
  });

  it('goes from an authority whose key was lost to the new one', async () => {
    const { startEngine, keychain, trusted } = await computer();
    const first = await startEngine();
    await first.local.setHttps(true);
    await first.local.setTrusted(true, signal);
    keychain.clear();
    const second = await startEngine();
    const made = second.local.https().https?.authority ?? '';
    await expect.poll(() => second.local.https().trusted).toBe(false);
    await second.local.setTrusted(true, signal);
    expect([...trusted]).toEqual([made]);
  });
});
