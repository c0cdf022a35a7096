import type { Account, Instance } from '../../../shared/model/instance.ts';
import type { Reach, Session } from '../../../shared/model/session.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock, Log } from '../effects.ts';
import type { EngineMemory } from '../memory.ts';
import { createPlatformClient, type PlatformClient } from '../platform/index.ts';
import type { Secret, SecretStore } from '../secret.ts';
import { type SignIn, signInInstance } from './sign-in.ts';

/** The embedded platform, as much of it as a session needs. */
export interface LocalSeat {
  readonly origin: string;
  readonly edge: Instance['edge'];
  readonly user: string;
  readonly token: Secret;
  stop(): Promise<void>;
}

/** Who is signed in. One at a time: a new one takes the old one's place only after the platform has answered it. */
export interface SessionControl {
  /** Opens again what memory holds. Never fails: what cannot be opened leaves nobody signed in. */
  restore(): Promise<void>;
  tryLocal(): Promise<Result<Session>>;
  /** `origin_invalid`, `domain_invalid`, `token_missing`, `token_refused` and what `PlatformClient.me` says, each with its field. */
  signIn(typed: SignIn, signal: AbortSignal): Promise<Result<Session>>;
  signOut(): Promise<void>;
  client(): PlatformClient | undefined;
  account(): Account | undefined;
  noteReach(reach: Reach): void;
  stop(): Promise<void>;
}

export interface SessionOptions {
  readonly memory: EngineMemory;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch: typeof fetch;
  readonly openLocal: () => Promise<Result<LocalSeat>>;
  readonly publish: (session: Session) => void;
  /** Called when somebody is signed in, before the first question about containers. */
  readonly onOpen: () => void;
  readonly onClose: () => Promise<void>;
}

export function createSession(options: SessionOptions): SessionControl {
  const { memory, secrets, clock, log } = options;
  let current: { readonly account: Account; readonly client: PlatformClient } | undefined;
  let reach: Reach = { kind: 'asking' };
  let local: LocalSeat | undefined;

  const view = (): Session =>
    current === undefined ? { kind: 'none' } : { kind: 'open', account: current.account, reach };
  const clientOf = (instance: Instance, token: Secret) =>
    createPlatformClient({ instance, token, fetch: options.fetch, clock });

  async function leave() {
    if (current === undefined) return;
    current = undefined;
    await options.onClose();
    const seat = local;
    local = undefined;
    await seat?.stop();
  }

  async function enter(account: Account, client: PlatformClient, seat?: LocalSeat): Promise<Session> {
    // The same local platform is opened twice when *Try it* is pressed twice: it must not be stopped by its own successor.
    if (seat !== undefined && seat === local) local = undefined;
    await leave();
    current = { account, client };
    local = seat;
    reach = { kind: 'asking' };
    memory.update({ account });
    options.publish(view());
    options.onOpen();
    return view();
  }

  async function openLocal(): Promise<Result<Session>> {
    if (local !== undefined && current?.account.instance.kind === 'local') return ok(view());
    const opened = await options.openLocal();
    if (!opened.ok) return opened;
    const seat = opened.value;
    const instance: Instance = { kind: 'local', name: 'Gearway', origin: seat.origin, edge: seat.edge };
    const account: Account = { id: 'local', instance, user: seat.user };
    return ok(await enter(account, clientOf(instance, seat.token), seat));
  }

  /** One opening at a time: a second one waits for the first. */
  let line: Promise<unknown> = Promise.resolve();
  const inLine = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = line.then(work, work);
    line = turn.catch(() => undefined);
    return turn;
  };
  const opening = async (what: 'local' | 'account', work: () => Promise<Result<Session>>) => {
    if (current === undefined) options.publish({ kind: 'opening', what });
    const result = await work();
    options.publish(view());
    return result;
  };

  return {
    restore: () =>
      inLine(async () => {
        const account = memory.read().account;
        if (account === undefined) return;
        if (account.instance.kind === 'local') {
          const opened = await opening('local', openLocal);
          if (!opened.ok) log('warn', 'session.notRestored', { code: opened.error.code });
          return;
        }
        const token = await secrets.read(tokenId(account.id));
        if (token === undefined) {
          log('info', 'session.tokenForgotten', {});
          return;
        }
        await enter(account, clientOf(account.instance, token));
      }),
    tryLocal: () => inLine(() => opening('local', openLocal)),
    signIn: (typed, signal) =>
      inLine(() =>
        opening('account', async () => {
          const wanted = signInInstance(typed);
          if (!wanted.ok) return wanted;
          const { instance, token } = wanted.value;
          const client = clientOf(instance, token);
          const me = await client.me(signal);
          if (!me.ok) return me;
          if (signal.aborted) return fail('cancelled');
          const account: Account = {
            id: `${instance.origin}#${me.value.user}`,
            instance,
            user: me.value.user,
            email: me.value.email,
          };
          await secrets.write(tokenId(account.id), token);
          return ok(await enter(account, client));
        }),
      ),
    signOut: () =>
      inLine(async () => {
        const id = current?.account.id;
        await leave();
        if (id !== undefined) await secrets.forget(tokenId(id));
        memory.update({ account: undefined, tunnels: [], pendingMappings: {} });
        options.publish(view());
      }),
    client: () => current?.client,
    account: () => current?.account,
    noteReach(now) {
      reach = now;
      if (current !== undefined) options.publish(view());
    },
    stop: () => inLine(leave),
  };
}

const tokenId = (accountId: string): string => `token:${accountId}`;
