import { Select } from '../../components/select.tsx';
import { useEngine } from '../../store/context.ts';
import { useChoice } from '../../store/use-choice.ts';
import { useWords } from '../../words/use-words.ts';

const myself = '';

/** In whose name one works, for those who belong to an organisation. */
export function PartyChoice({ accountId }: { readonly accountId: string }) {
  const words = useWords();
  const { accounts: texts } = words.texts;
  const entry = useEngine((engine) => engine.accounts[accountId]);
  const party = useChoice('session.setParty', entry?.account.party?.id ?? myself, (partyId) => ({
    accountId,
    ...(partyId === myself ? {} : { partyId }),
  }));
  if (entry === undefined || entry.parties.length === 0) return null;
  return (
    <>
      <Select
        label={texts.worksFor}
        value={party.shown}
        onChange={party.choose}
        options={[
          { value: myself, text: texts.myself },
          ...entry.parties.map(({ id, name }) => ({ value: id, text: name })),
        ]}
      />
      {party.error !== undefined && <p role="alert">{words.error(party.error)}</p>}
    </>
  );
}
