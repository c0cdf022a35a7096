import type { RequestInput } from '../../../shared/contract/requests.ts';
import type { Account, Instance, Party } from '../../../shared/model/instance.ts';
import type { Reach, Session } from '../../../shared/model/session.ts';
import { ownerOf } from '../../../shared/platform-rules/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { nothingToPutBack, type PutBack } from '../base/bin.ts';
import { oneAtATime } from '../base/one-at-a-time.ts';
import type { Secret } from '../base/secret.ts';
import { createPlatformClient, logIn, type PlatformClient, readToken } from '../platform/index.ts';
import { withContainers, withoutContainers } from './containers-in-memory.ts';
import { createKeptAccounts } from './kept-accounts.ts';
import { readLogin } from './sign-in.ts';
import type { LocalSeat, SessionControl, SessionOptions } from './types.ts';
import { createWaysIn } from './ways-in.ts';

interface Current {
  readonly account: Account;
  /** Absent while there is no token: what is kept is shown, nothing is asked. */
  readonly client: PlatformClient | undefined;
  readonly life: AbortController;
}

export function createSession(options: SessionOptions): SessionControl {
  const { memory, secrets, clock, log } = options;
  let current: Current | undefined;
  let reach: Reach = { kind: 'asking' };
  let local: LocalSeat | undefined;
  /** What is on its way: whatever else is told meanwhile, nobody is shown as signed out. */
  let comes: 'local' | 'account' | undefined;
  const kept = createKeptAccounts({ memory, secrets, changed: () => show() });

  const view = (): Session =>
    current === undefined
      ? comes === undefined
        ? { kind: 'none' }
        : { kind: 'opening', what: comes }
      : {
          kind: 'open',
          account: current.account,
          reach,
          realName: kept.facts(current.account.id).realName,
        };
  const show = () => options.publish(view(), kept.view(current?.account.id));
  const clientOf = (account: Pick<Account, 'instance' | 'party'> & Partial<Account>, token: Secret) =>
    createPlatformClient({
      instance: account.instance,
      token,
      fetch: options.fetch,
      clock,
      ...(account.user === undefined ? {} : { user: account.user }),
      ...(account.party === undefined ? {} : { party: account.party.id }),
    });

  async function leave() {
    if (current === undefined) return;
    current.life.abort();
    current = undefined;
    await options.onClose();
    const seat = local;
    local = undefined;
    await seat?.stop();
  }

  async function enter(
    account: Account,
    client: PlatformClient | undefined,
    seat?: LocalSeat,
  ): Promise<Session> {
    // The same local platform is opened twice when *Try it* is pressed twice: it must not be stopped by its own successor.
    if (seat !== undefined && seat === local) local = undefined;
    await leave();
    current = { account, client, life: new AbortController() };
    local = seat;
    reach = { kind: 'asking' };
    memory.update({ account });
    kept.keep(account);
    if (client === undefined) kept.learn(account.id, { token: 'missing' });
    show();
    options.onOpen();
    if (client !== undefined) void learnMore(account.id, client, current.life.signal);
    return view();
  }

  /** What is nice to know; a platform that does not tell is no reason to stop. */
  async function learnMore(id: string, client: PlatformClient, signal: AbortSignal) {
    const [parties, realName] = await Promise.all([client.parties(signal), client.realName(signal)]);
    if (signal.aborted) return;
    kept.learn(id, {
      ...(parties.ok ? { parties: parties.value } : {}),
      ...(realName.ok && realName.value !== 'unknown' ? { realName: realName.value } : {}),
    });
  }

  async function openLocal(): Promise<Result<Session>> {
    if (local !== undefined && current?.account.instance.kind === 'local') return ok(view());
    const opened = await options.openLocal();
    if (!opened.ok) return opened;
    const seat = opened.value;
    const instance: Instance = { kind: 'local', name: 'Gearway', origin: seat.origin, edge: seat.edge };
    const party = kept.get('local')?.party;
    const account: Account = { id: 'local', instance, user: seat.user, ...(party ? { party } : {}) };
    kept.learn(account.id, { token: 'kept' });
    return ok(await enter(account, clientOf(account, seat.token), seat));
  }

  /** Asks the platform who this is, keeps the account and opens it. */
  async function openAccount(
    instance: Instance,
    token: Secret,
    signal: AbortSignal,
    partyId?: string,
  ): Promise<Result<Session>> {
    const me = await clientOf({ instance }, token).me(signal);
    if (!me.ok) return me;
    if (signal.aborted) return fail('cancelled');
    const { user, email } = me.value;
    const id = `${instance.origin}#${user}`;
    const party: Party | undefined =
      partyId === undefined ? kept.get(id)?.party : { id: partyId, name: partyId };
    const account: Account = { id, instance, user, email, ...(party === undefined ? {} : { party }) };
    await kept.setToken(id, token);
    return ok(await enter(account, clientOf(account, token)));
  }

  /** Opens what is kept; nothing is asked before. */
  async function openKept(account: Account): Promise<Result<Session>> {
    if (account.instance.kind === 'local') return openLocal();
    const token = await kept.token(account.id);
    return ok(await enter(account, token === undefined ? undefined : clientOf(account, token)));
  }

  const tokenFor = async (
    account: Account,
    typed: RequestInput<'session.renew'>,
    signal: AbortSignal,
  ): Promise<Result<Secret>> => {
    if ('token' in typed) return readToken(typed.token);
    const login = readLogin(typed);
    if (!login.ok) return login;
    const done = await logIn(
      { instance: account.instance, fetch: options.fetch, clock },
      login.value,
      signal,
    );
    return done.ok ? ok(done.value.token) : done;
  };

  /** One opening at a time: a second one waits for the first. */
  const inLine = oneAtATime();
  const opening = (what: 'local' | 'account', work: () => Promise<Result<Session>>) =>
    inLine(async () => {
      comes = what;
      try {
        show();
        return await work();
      } finally {
        comes = undefined;
        show();
      }
    });

  const waysIn = createWaysIn({
    session: options,
    opening: (work) => opening('account', work),
    openAccount,
  });

  async function forget(id: string): Promise<PutBack> {
    const wasOpen = current?.account.id === id;
    const before = memory.read();
    const histories = wasOpen ? await options.forgetContainers() : nothingToPutBack;
    if (wasOpen) await leave();
    const account = await kept.forget(id);
    if (memory.read().accounts.length === 0) memory.update(withoutContainers(memory.read()));
    show();
    return () =>
      inLine(async () => {
        if (kept.get(id) !== undefined) return fail('undo_gone');
        await histories();
        memory.update(withContainers(memory.read(), before));
        await account();
        const back = kept.get(id);
        if (!wasOpen || current !== undefined || back === undefined) return ok(null);
        comes = openingOf(back);
        try {
          show();
          return await openKept(back);
        } finally {
          comes = undefined;
          show();
        }
      });
  }

  // An engine that was started anew is about to open it: nobody has signed out.
  const remembered = memory.read().account;
  if (remembered !== undefined) {
    comes = openingOf(remembered);
    show();
  }

  return {
    async restore() {
      const { account } = memory.read();
      if (account === undefined) {
        show();
        return;
      }
      const opened = await opening(openingOf(account), () => openKept(account));
      if (!opened.ok) log('warn', 'session.notRestored', { code: opened.error.code });
    },
    tryLocal: () => opening('local', openLocal),
    ...waysIn,
    async switchTo(id) {
      const account = kept.get(id);
      if (account === undefined) return fail('account_not_found');
      if (current?.account.id === id) return ok(view());
      return opening(openingOf(account), () => openKept(account));
    },
    renew: (typed, signal) =>
      inLine(async () => {
        const account = kept.get(typed.accountId);
        if (account === undefined) return fail('account_not_found');
        const token = await tokenFor(account, typed, signal);
        if (!token.ok) return token;
        const client = clientOf(account, token.value);
        const me = await client.me(signal);
        if (!me.ok) return me;
        if (me.value.user !== account.user) {
          return fail('token_other_account', { params: { user: me.value.user }, field: 'token' });
        }
        await kept.setToken(account.id, token.value);
        if (current?.account.id !== account.id) return ok(await enter(account, client));
        current = { ...current, client };
        reach = { kind: 'asking', lastAt: lastAtOf(reach) };
        show();
        options.onRenewed();
        void learnMore(account.id, client, current.life.signal);
        return ok(view());
      }),
    setParty: ({ accountId, partyId }, signal) =>
      inLine(async () => {
        const account = kept.get(accountId);
        if (account === undefined) return fail('account_not_found');
        const { party: _before, ...own } = account;
        const parties = kept.facts(accountId).parties;
        const named = partyId === undefined ? undefined : parties.find(({ id }) => id === partyId);
        if (partyId !== undefined && named === undefined) return fail('forbidden');
        if (signal.aborted) return fail('cancelled');
        kept.keep(named === undefined ? own : { ...own, party: named });
        const changed = kept.get(accountId) ?? own;
        if (current?.account.id !== accountId) return openKept(changed);
        const seat = local;
        const token = seat?.token ?? (await kept.token(accountId));
        // The local platform goes on: only the name in which it is asked changes.
        local = undefined;
        const session = await enter(
          changed,
          token === undefined ? undefined : clientOf(changed, token),
          seat,
        );
        return ok(session);
      }),
    signOut: () =>
      inLine(async () => {
        const id = current?.account.id ?? memory.read().account?.id;
        if (id !== undefined) return ok(await forget(id));
        show();
        return ok(nothingToPutBack);
      }),
    forget: (id) =>
      inLine(async () => {
        if (kept.get(id) === undefined) return fail('account_not_found');
        return ok(await forget(id));
      }),
    client: () => current?.client,
    account: () => current?.account,
    facts: () =>
      current === undefined
        ? undefined
        : { owner: ownerOf(current.account), realName: kept.facts(current.account.id).realName },
    diagnostics: () =>
      current?.client === undefined ? fail('not_signed_in') : ok(current.client.diagnostics()),
    noteReach(now) {
      reach = now;
      if (current === undefined) return;
      const { id } = current.account;
      const { token } = kept.facts(id);
      const refused = now.kind === 'failed' && now.error.code === 'token_refused';
      if (refused && token !== 'refused') kept.learn(id, { token: 'refused' });
      else if (now.kind === 'answered' && token !== 'kept') kept.learn(id, { token: 'kept' });
      else show();
    },
    noteError(error) {
      if (current === undefined || error.code !== 'real_name_required') return;
      kept.learn(current.account.id, { realName: 'unverified' });
    },
    stop: () => inLine(leave),
  };
}

const openingOf = ({ instance }: Account) => (instance.kind === 'local' ? 'local' : 'account');

const lastAtOf = (reach: Reach): number | undefined => (reach.kind === 'answered' ? reach.at : reach.lastAt);
