import type { Account } from '../model/instance.ts';

/** Whose containers they are, and so the first part of their public addresses. */
export const ownerOf = (account: Pick<Account, 'party' | 'user'>): string =>
  account.party?.id ?? account.user;
