import type { Account } from '../../../shared/model/instance.ts';
import type { AccountEntry } from '../../../shared/model/session.ts';
import { ok } from '../../../shared/result.ts';
import type { PutBack } from '../base/bin.ts';
import type { EngineMemory } from '../base/memory.ts';
import type { Secret, SecretStore } from '../base/secret.ts';
import { loginKeySecretId } from './login-key.ts';

type Facts = Pick<AccountEntry, 'token' | 'realName' | 'parties'>;

/** The accounts that are kept, their tokens, and what was learnt of each in this life of the engine. */
interface KeptAccounts {
  get(id: string): Account | undefined;
  /** Keeps it, or replaces the one with its id. */
  keep(account: Account): void;
  /** Gives the way back, secrets too. */
  forget(id: string): Promise<PutBack>;
  facts(id: string): Facts;
  learn(id: string, facts: Partial<Facts>): void;
  token(id: string): Promise<Secret | undefined>;
  setToken(id: string, token: Secret): Promise<void>;
  view(openId: string | undefined): readonly AccountEntry[];
}

const unknownFacts: Facts = { token: 'kept', realName: 'unknown', parties: [] };
const tokenId = (accountId: string): string => `token:${accountId}`;

export function createKeptAccounts(options: {
  readonly memory: EngineMemory;
  readonly secrets: SecretStore;
  /** Something was learnt. */
  readonly changed: () => void;
}): KeptAccounts {
  const { memory, secrets } = options;
  const learnt = new Map<string, Facts>();

  /** An account that was kept by an earlier version stands only in `account`. */
  function list(): readonly Account[] {
    const { account, accounts } = memory.read();
    const known = account === undefined || accounts.some(({ id }) => id === account.id);
    return known ? accounts : [...accounts, account];
  }
  const facts = (id: string) => learnt.get(id) ?? unknownFacts;

  const kept: KeptAccounts = {
    get: (id) => list().find((account) => account.id === id),
    keep(account) {
      const before = list();
      const known = before.some(({ id }) => id === account.id);
      const accounts = known
        ? before.map((old) => (old.id === account.id ? account : old))
        : [...before, account];
      memory.update({ accounts });
    },
    async forget(id) {
      const { account } = memory.read();
      const gone = kept.get(id);
      const known = learnt.get(id);
      const held = await Promise.all(
        [tokenId(id), loginKeySecretId(id)].map(
          async (secretId) => [secretId, await secrets.read(secretId)] as const,
        ),
      );
      memory.update({
        accounts: list().filter((old) => old.id !== id),
        account: account?.id === id ? undefined : account,
      });
      learnt.delete(id);
      await Promise.all(held.map(([secretId]) => secrets.forget(secretId)));
      options.changed();
      return async () => {
        for (const [secretId, secret] of held)
          if (secret !== undefined) await secrets.write(secretId, secret);
        if (known !== undefined) learnt.set(id, known);
        if (gone !== undefined) kept.keep(gone);
        options.changed();
        return ok(null);
      };
    },
    facts,
    learn(id, part) {
      learnt.set(id, { ...facts(id), ...part });
      options.changed();
    },
    token: (id) => secrets.read(tokenId(id)),
    async setToken(id, token) {
      await secrets.write(tokenId(id), token);
      kept.learn(id, { token: 'kept' });
    },
    view: (openId) =>
      list().map((account) => ({
        id: account.id,
        account,
        open: account.id === openId,
        ...facts(account.id),
      })),
  };
  return kept;
}
