import { Select } from '../../components/select.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';

const myself = '';

/** In whose name one works, for those who belong to an organisation. */
export function PartyChoice({ accountId }: { readonly accountId: string }) {
  const words = useWords();
  const { accounts: texts } = words.texts;
  const entry = useEngine((engine) => engine.accounts[accountId]);
  const set = useAction('session.setParty');
  if (entry === undefined || entry.parties.length === 0) return null;
  return (
    <>
      <Select
        label={texts.worksFor}
        value={entry.account.party?.id ?? myself}
        onChange={(partyId) => void set.run({ accountId, ...(partyId === myself ? {} : { partyId }) })}
        options={[
          { value: myself, text: texts.myself },
          ...entry.parties.map(({ id, name }) => ({ value: id, text: name })),
        ]}
      />
      {set.error !== undefined && <p role="alert">{words.error(set.error)}</p>}
    </>
  );
}
