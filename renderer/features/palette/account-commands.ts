import type { AccountEntry } from '../../../shared/model/session.ts';
import type { Words } from '../../words/use-words.ts';
import type { Command } from './command.ts';

/** Other accounts, other names to work in, and the way out. Pure. */
export function accountCommands(
  accounts: readonly AccountEntry[],
  { texts: { account: said, accounts: texts, diagnostics }, say, colon }: Words,
): readonly Command[] {
  const note = said.label;
  const open = accounts.find((entry) => entry.open);
  const named = ({ account: { user, instance } }: AccountEntry) => ({
    user,
    where: instance.kind === 'local' ? said.local : instance.name,
  });
  return [
    ...accounts
      .filter((entry) => entry !== open)
      .flatMap((entry): Command[] => [
        {
          id: `account ${entry.id}`,
          text: say(texts.switchTo, named(entry)),
          note,
          deed: { kind: 'ask', name: 'session.switch', input: { accountId: entry.id } },
        },
        {
          id: `forget ${entry.id}`,
          text: say(texts.forget, named(entry)),
          note,
          subject: entry.account.user,
          deed: { kind: 'ask', name: 'session.forget', input: { accountId: entry.id } },
        },
      ]),
    ...(open === undefined
      ? []
      : partyCommands(open, (name) => `${texts.worksFor}${colon}${name}`, texts.myself)),
    { id: 'new-account', text: texts.add, note, deed: { kind: 'show', dialog: 'new-account' } },
    { id: 'diagnostics', text: diagnostics.show, note, deed: { kind: 'show', dialog: 'diagnostics' } },
    {
      id: 'sign-out',
      text: said.signOut,
      note,
      subject: open?.account.user,
      deed: { kind: 'ask', name: 'session.signOut', input: {} },
    },
  ];
}

function partyCommands(
  { id, account, parties }: AccountEntry,
  worksFor: (name: string) => string,
  myself: string,
): Command[] {
  const choices = parties.length === 0 ? [] : [{ id: undefined, name: myself }, ...parties];
  return choices
    .filter((choice) => choice.id !== account.party?.id)
    .map((choice) => ({
      id: `party ${choice.id ?? ''}`,
      text: worksFor(choice.name),
      note: account.user,
      deed: { kind: 'ask', name: 'session.setParty', input: { accountId: id, partyId: choice.id } },
    }));
}
