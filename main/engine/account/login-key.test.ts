import { afterEach, expect, it } from 'vitest';
import type { LoginKey } from '../../../shared/model/login-key.ts';
import { ok } from '../../../shared/result.ts';
import { startTestPlatform } from '../../local-platform/testing/start-test-platform.ts';
import { createCleanup, until } from '../../testing/index.ts';
import { silentLog, systemClock } from '../base/effects.ts';
import { Secret, type SecretStore } from '../base/secret.ts';
import { createPlatformClient } from '../platform/index.ts';
import { createSsh } from '../ssh/index.ts';
import { createLoginKeys } from './login-key.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());
const signal = AbortSignal.timeout(30_000);

it('makes a key once, registers its public part, and opens containers with it alone', async () => {
  const { client, make, shown } = await setup();
  const keys = make();
  await keys.recall();
  expect(shown()).toEqual({ kind: 'none' });
  expect(await keys.key()).toBeUndefined();

  const registered = await keys.register(signal);
  expect(registered).toMatchObject({ ok: true, value: { kind: 'registered', name: 'this-computer' } });
  expect(JSON.stringify(registered)).not.toContain('PRIVATE');
  expect(await client.keys(signal)).toMatchObject({ value: [{ name: 'this-computer' }] });

  // Another start of the application, the same keychain.
  const later = make();
  await later.recall();
  expect(shown()).toEqual(registered.ok && registered.value);
  const key = await later.key();
  const container = await until('a container', async () => {
    const all = await client.containers(signal);
    return all.ok && all.value.find(({ ssh }) => ssh !== undefined);
  });
  const ssh = createSsh({
    endpoint: async () => ok({ ...(container.ssh ?? never()), runId: 'run', keys: [key ?? never()] }),
    hostKeys: { pin: () => undefined, remember: () => {} },
    clock: systemClock,
    random: Math.random,
    log: silentLog,
  });
  cleanup.add(ssh);
  expect(await ssh.link('container', signal)).toMatchObject({ ok: true });
});

it('gives the same key again after the platform refused it', async () => {
  const { client, make, shown } = await setup();
  const gone = new AbortController();
  gone.abort();
  const keys = make();
  expect(await keys.register(gone.signal)).toMatchObject({ ok: false });
  expect(await keys.key()).toBeUndefined();
  await keys.recall();
  expect(shown()).toEqual({ kind: 'none' });
  await keys.register(signal);
  expect(await client.keys(signal)).toMatchObject({ value: [{ name: 'this-computer' }] });
  expect(await keys.key()).toBeDefined();
});

async function setup() {
  const platform = await startTestPlatform(cleanup);
  const { origin, edge, token } = platform;
  const client = createPlatformClient({
    instance: { kind: 'local', name: 'x', origin, edge },
    token: new Secret(token),
    fetch,
    clock: systemClock,
  });
  const kept = new Map<string, Secret>();
  const given = new Map<string, string>();
  const secrets: SecretStore = {
    read: async (id) => kept.get(id),
    write: async (id, secret) => void kept.set(id, secret),
    forget: async (id) => void kept.delete(id),
  };
  let shown: LoginKey | undefined;
  const make = () =>
    createLoginKeys({
      secrets,
      client: () => client,
      accountId: () => 'account',
      name: 'this-computer',
      given: {
        has: (id, fingerprint) => given.get(id) === fingerprint,
        add: (id, fingerprint) => void given.set(id, fingerprint),
      },
      publish: (key) => {
        shown = key;
      },
    });
  return { client, make, shown: () => shown };
}

function never(): never {
  throw new Error('absent');
}
