import { MenuChoice } from '../../components/menu.tsx';
import { useEngine } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';

const myself = '';

/** In whose name one works, in the account's menu, for those who belong to an organisation. */
export function PartyChoice({
  accountId,
  onChoose,
}: {
  readonly accountId: string;
  /** Nothing chosen: one works for oneself. */
  readonly onChoose: (partyId: string | undefined) => void;
}) {
  const { accounts: texts } = useWords().texts;
  const entry = useEngine((engine) => engine.accounts[accountId]);
  if (entry === undefined || entry.parties.length === 0) return null;
  return (
    <MenuChoice
      label={texts.worksFor}
      value={entry.account.party?.id ?? myself}
      options={[
        { value: myself, text: texts.myself },
        ...entry.parties.map(({ id, name }) => ({ value: id, text: name })),
      ]}
      onChoose={(partyId) => onChoose(partyId === myself ? undefined : partyId)}
    />
  );
}
