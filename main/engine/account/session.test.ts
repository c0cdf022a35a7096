import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { emptyMemory, type Memory } from '../../../shared/model/memory.ts';
import type { AccountEntry, Session } from '../../../shared/model/session.ts';
import { ok } from '../../../shared/result.ts';
import type { LocalPlatform } from '../../local-platform/index.ts';
import { startTestPlatform } from '../../local-platform/testing/start-test-platform.ts';
import { createCleanup, until } from '../../testing/index.ts';
import { silentLog, systemClock } from '../base/effects.ts';
import { createMemory } from '../base/memory.ts';
import { Secret, type SecretStore } from '../base/secret.ts';
import { createSession } from './session.ts';
import type { LocalSeat } from './types.ts';

/** Servers of their own, and a machine that may be busy with other tests. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const cleanup = createCleanup();
afterEach(() => cleanup.run());
const signal = () => new AbortController().signal;

const startPlatform = () => startTestPlatform(cleanup);

const typedFor = (platform: LocalPlatform) => ({
  instance: 'private' as const,
  origin: platform.origin,
  domain: `http://${platform.edge.domain}:${platform.edge.port}`,
});

async function setup(options: { memory?: Memory; secrets?: Map<string, string>; bayes?: string } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'gearway-session-'));
  cleanup.later(() => rm(folder, { recursive: true, force: true }));
  const bayesFile = join(folder, 'config.yaml');
  if (options.bayes !== undefined) await writeFile(bayesFile, options.bayes);
  const kept = options.secrets ?? new Map<string, string>();
  const secrets: SecretStore = {
    async read(id) {
      const text = kept.get(id);
      return text === undefined ? undefined : new Secret(text);
    },
    write: async (id, secret) => void kept.set(id, secret.reveal()),
    forget: async (id) => void kept.delete(id),
  };
  const memory = createMemory(options.memory ?? emptyMemory(), () => {});
  const events: string[] = [];
  let shown: { session: Session; accounts: readonly AccountEntry[] } = {
    session: { kind: 'none' },
    accounts: [],
  };
  const seen: Session['kind'][] = [];
  let seat: LocalSeat | undefined;
  const session = createSession({
    memory,
    secrets,
    clock: systemClock,
    log: silentLog,
    fetch: globalThis.fetch,
    bayesFile,
    async openLocal() {
      const platform = await startPlatform();
      const token = new Secret(platform.token);
      const { origin, edge, user } = platform;
      seat = { origin, edge, user, token, stop: () => platform.stop() };
      return ok(seat);
    },
    publish(now, accounts) {
      shown = { session: now, accounts };
      seen.push(now.kind);
    },
    onOpen: () => void events.push('open'),
    onClose: async () => void events.push('close'),
    onRenewed: () => void events.push('renewed'),
    async forgetContainers() {
      events.push('forget');
      return () => ok(events.push('remember'));
    },
  });
  cleanup.later(() => session.stop());
  return { session, memory, kept, events, seen, shown: () => shown };
}

const codeOf = (result: { ok: boolean; error?: { code: string } }) => (result.ok ? '' : result.error?.code);

describe('accounts', () => {
  it('are several at once, on several instances, and one is open', async () => {
    const [one, two] = [await startPlatform(), await startPlatform()];
    const { session, shown, kept, events } = await setup();
    expect((await session.signIn({ ...typedFor(one), token: one.token }, signal())).ok).toBe(true);
    expect((await session.signIn({ ...typedFor(two), token: `Bearer ${two.token} ` }, signal())).ok).toBe(
      true,
    );
    expect(shown().accounts.map(({ open }) => open)).toEqual([false, true]);
    expect(kept.size).toBe(2);
    const [first] = shown().accounts;
    expect((await session.switchTo(first?.id ?? '')).ok).toBe(true);
    expect(shown().session).toMatchObject({ kind: 'open', account: { instance: { origin: one.origin } } });
    expect(shown().accounts.map(({ open }) => open)).toEqual([true, false]);
    expect(events).toEqual(['open', 'close', 'open', 'close', 'open']);
    expect(JSON.stringify(shown())).not.toContain(one.token);
  });

  it('come back after a restart without a question to the platform', async () => {
    const platform = await startPlatform();
    const before = await setup();
    await before.session.signIn({ ...typedFor(platform), token: platform.token }, signal());
    await platform.stop();
    const after = await setup({ memory: before.memory.read(), secrets: before.kept });
    await after.session.restore();
    expect(after.shown().session).toMatchObject({ kind: 'open', account: { user: 'demo' } });
    expect(after.session.client()).toBeDefined();
  });

  it.each<[string, (of: Awaited<ReturnType<typeof setup>>) => Promise<unknown>]>([
    ['the local platform', ({ session }) => session.tryLocal()],
    [
      'an account',
      async ({ session }) => {
        const platform = await startPlatform();
        return session.signIn({ ...typedFor(platform), token: platform.token }, signal());
      },
    ],
  ])('are on their way until they are there: %s, while memory is looked through', async (_what, open) => {
    const made = await setup();
    const opening = open(made);
    await made.session.restore();
    await until('the account', () => made.shown().session.kind === 'open');
    await opening;
    const from = made.seen.indexOf('opening');
    expect(made.seen.slice(from)).not.toContain('none');
  });

  it('whose token this machine has forgotten are shown, and wait for one', async () => {
    const platform = await startPlatform();
    const before = await setup();
    await before.session.signIn({ ...typedFor(platform), token: platform.token }, signal());
    const { session, shown, events } = await setup({ memory: before.memory.read() });
    await session.restore();
    expect(shown().accounts).toMatchObject([{ open: true, token: 'missing' }]);
    expect(session.client()).toBeUndefined();
    const { id = '' } = shown().accounts[0] ?? {};
    expect((await session.renew({ accountId: id, token: platform.token }, signal())).ok).toBe(true);
    expect(shown().accounts).toMatchObject([{ token: 'kept' }]);
    expect(events).toEqual(['open', 'renewed']);
  });

  it('are forgotten one by one, with their tokens', async () => {
    const [one, two] = [await startPlatform(), await startPlatform()];
    const { session, shown, kept, events } = await setup();
    await session.signIn({ ...typedFor(one), token: one.token }, signal());
    await session.signIn({ ...typedFor(two), token: two.token }, signal());
    await session.signOut();
    expect(shown().session).toEqual({ kind: 'none' });
    expect(shown().accounts).toHaveLength(1);
    expect([...kept.values()]).toEqual([one.token]);
    expect(events).toContain('forget');
    expect(codeOf(await session.forget('nobody'))).toBe('account_not_found');
    expect((await session.forget(shown().accounts[0]?.id ?? '')).ok).toBe(true);
    expect(kept.size).toBe(0);
  });

  it('come back as they were, the open one open, when it is undone in time', async () => {
    const [one, two] = [await startPlatform(), await startPlatform()];
    const { session, shown, kept, memory, events } = await setup();
    await session.signIn({ ...typedFor(one), token: one.token }, signal());
    await session.signIn({ ...typedFor(two), token: two.token }, signal());
    const [first = '', second = ''] = shown().accounts.map(({ id }) => id);
    const wanted = { tunnels: [{ serviceId: 'c:80', open: true }], notedMappings: { c: [{ port: 80 }] } };
    memory.update(wanted);
    const forgotten = await session.forget(first);
    const signedOut = await session.signOut();
    expect([kept.size, memory.read().tunnels.length, shown().session.kind]).toEqual([0, 0, 'none']);
    for (const gone of [signedOut, forgotten]) expect(gone.ok && (await gone.value()).ok).toBe(true);
    expect([...kept.values()].sort()).toEqual([one.token, two.token].sort());
    expect(shown().accounts.map(({ id, open }) => [id, open])).toEqual([
      [second, true],
      [first, false],
    ]);
    expect(memory.read()).toMatchObject(wanted);
    expect(events).toContain('remember');
    // Signed in to again by hand: what was forgotten must not come over it.
    expect(codeOf(forgotten.ok ? await forgotten.value() : forgotten)).toBe('undo_gone');
  });

  it('include the local platform, which ends when another one is opened', async () => {
    const platform = await startPlatform();
    const { session, shown } = await setup();
    await session.tryLocal();
    await session.signIn({ ...typedFor(platform), token: platform.token }, signal());
    expect(shown().accounts.map(({ id, open }) => [id === 'local', open])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect((await session.switchTo('local')).ok).toBe(true);
    expect(shown().session).toMatchObject({ account: { id: 'local' } });
  });
});

describe('a sign-in by user name and password', () => {
  it('keeps the token and not the password', async () => {
    const platform = await startPlatform();
    const { session, kept, memory } = await setup();
    const typed = { ...typedFor(platform), username: ' demo ', password: platform.password };
    expect((await session.signInWithPassword(typed, signal())).ok).toBe(true);
    expect([...kept.values()]).toEqual([platform.token]);
    expect(JSON.stringify(memory.read())).not.toContain(platform.password);
  });

  it.each([
    [{ username: 'demo', password: 'wrong' }, 'password_refused', 'password'],
    [{ username: ' ', password: 'x' }, 'user_missing', 'username'],
    [{ username: 'demo', password: '' }, 'user_missing', 'password'],
  ])('%j fails with %s at its field', async (typed, code, field) => {
    const platform = await startPlatform();
    const { session, shown } = await setup();
    const answer = await session.signInWithPassword({ ...typedFor(platform), ...typed }, signal());
    expect(answer).toMatchObject({ error: { code, field } });
    expect(JSON.stringify(answer)).not.toContain('wrong');
    expect(shown().session).toEqual({ kind: 'none' });
  });
});

describe('an expired token', () => {
  it('is said, and entered again in place, while everything stays open', async () => {
    const platform = await startPlatform();
    const { session, shown, events } = await setup();
    await session.signIn({ ...typedFor(platform), token: platform.token }, signal());
    const accountId = shown().accounts[0]?.id ?? '';
    const fresh = platform.expireToken();
    const refused = await session.client()?.containers(signal());
    expect(refused).toMatchObject({ error: { code: 'token_refused' } });
    session.noteReach({ kind: 'failed', at: 1, error: { code: 'token_refused' } });
    expect(shown().accounts).toMatchObject([{ token: 'refused' }]);
    expect(codeOf(await session.renew({ accountId, token: 'nonsense' }, signal()))).toBe('token_refused');
    expect((await session.renew({ accountId, token: fresh }, signal())).ok).toBe(true);
    expect(shown().accounts).toMatchObject([{ token: 'kept', open: true }]);
    expect(events).toEqual(['open', 'renewed']);
  });

  it('is not replaced by a token of somebody else', async () => {
    const platform = await startPlatform();
    const { session, shown, memory } = await setup();
    await session.signIn({ ...typedFor(platform), token: platform.token }, signal());
    const [entry] = shown().accounts;
    if (entry === undefined) throw new Error('no account');
    memory.update({ accounts: [{ ...entry.account, user: 'somebody' }] });
    const answer = await session.renew({ accountId: entry.id, token: platform.token }, signal());
    expect(answer).toMatchObject({ error: { code: 'token_other_account', params: { user: 'demo' } } });
  });
});

describe('organisations and real names', () => {
  it('are learnt after the sign-in; work goes on in the name of an organisation', async () => {
    const platform = await startPlatform();
    const { session, shown } = await setup();
    await session.signIn({ ...typedFor(platform), token: platform.token }, signal());
    await until('the organisations', () => (shown().accounts[0]?.parties.length ?? 0) > 0);
    const { id = '', parties = [] } = shown().accounts[0] ?? {};
    expect(parties).toEqual([{ id: 'open-lab', name: 'Open Lab' }]);
    expect(shown().session).toMatchObject({ realName: 'verified' });
    expect((await session.setParty({ accountId: id, partyId: 'open-lab' }, signal())).ok).toBe(true);
    expect(session.facts()?.owner).toBe('open-lab');
    const list = await session.client()?.containers(signal());
    expect(list).toMatchObject({ value: [{ name: 'team-demo' }] });
    expect((await session.setParty({ accountId: id }, signal())).ok).toBe(true);
    expect(session.facts()?.owner).toBe('demo');
    expect(codeOf(await session.setParty({ accountId: id, partyId: 'strangers' }, signal()))).toBe(
      'forbidden',
    );
  });

  it('tells an account that is not verified, from the API or from a refusal', async () => {
    const platform = await startPlatform();
    platform.setVerified(false);
    const { session, shown } = await setup();
    await session.signIn({ ...typedFor(platform), token: platform.token }, signal());
    await until('the verification', () => session.facts()?.realName === 'unverified');
    platform.setVerified(true);
    const other = await setup();
    await other.session.signIn({ ...typedFor(platform), token: platform.token }, signal());
    await until('the verification', () => other.session.facts()?.realName === 'verified');
    other.session.noteError({ code: 'real_name_required' });
    expect(other.shown().session).toMatchObject({ realName: 'unverified' });
    expect(shown().accounts).toMatchObject([{ realName: 'unverified' }]);
  });
});

describe('the accounts of the bayes command', () => {
  it('are offered without their tokens, and taken over with one', async () => {
    const platform = await startPlatform();
    const bayes = `
- endpoint: ${platform.origin}
  graphQL: ${platform.origin}/gateway
  isDefault: true
  name: default
  orgName: open-lab
  token: '${platform.token}'
  username: demo
- {name: Other, endpoint: "https://openbayes.com", token: null, username: null, isDefault: false}
`;
    const { session, kept } = await setup({ bayes });
    const offered = await session.bayesAccounts();
    expect(offered).toMatchObject({
      value: {
        accounts: [
          { name: 'default', user: 'demo', party: 'open-lab', hasToken: true, instance: 'unknown' },
          { name: 'other', hasToken: false, instance: 'known' },
        ],
      },
    });
    expect(JSON.stringify(offered)).not.toContain(platform.token);
    expect(codeOf(await session.importBayes({ name: 'other' }, signal()))).toBe('token_missing');
    expect(codeOf(await session.importBayes({ name: 'default' }, signal()))).toBe('domain_invalid');
    const domain = typedFor(platform).domain;
    expect(await session.importBayes({ name: 'Default', domain }, signal())).toMatchObject({
      value: { kind: 'open', account: { user: 'demo', party: { id: 'open-lab' } } },
    });
    expect([...kept.values()]).toEqual([platform.token]);
  });

  it('are none where the command was never used', async () => {
    const { session } = await setup();
    expect(await session.bayesAccounts()).toEqual({ ok: true, value: { accounts: [] } });
    expect(codeOf(await session.importBayes({ name: 'default' }, signal()))).toBe('bayes_config_missing');
  });
});

describe('while an API is slow', () => {
  it('a sign-in can be cancelled, and nothing is kept', async () => {
    const platform = await startPlatform();
    platform.apiFaults.set('*', { silent: true });
    const { session, kept, shown } = await setup();
    const cancel = new AbortController();
    const answer = session.signIn({ ...typedFor(platform), token: platform.token }, cancel.signal);
    await until('the opening', () => shown().session.kind === 'opening', { everyMs: 5 });
    cancel.abort();
    expect(codeOf(await answer)).toBe('cancelled');
    expect(kept.size).toBe(0);
    expect(shown().session).toEqual({ kind: 'none' });
  });
});
