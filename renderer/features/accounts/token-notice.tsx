import { useState } from 'react';
import type { AccountEntry } from '../../../shared/model/session.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Stale } from '../../components/stale.tsx';
import { useEngine, useShell } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './token-notice.module.css';

/** The open account needs a new token: it is pasted here, and everything else stays where it is. */
export function TokenNotice() {
  const entry = useEngine((engine) => Object.values(engine.accounts).find(({ open }) => open));
  if (entry === undefined || entry.token === 'kept' || entry.account.instance.kind === 'local') return null;
  return <Renew key={entry.id} entry={entry} />;
}

function Renew({ entry }: { readonly entry: AccountEntry }) {
  const words = useWords();
  const { accounts: texts, first, app } = words.texts;
  const renew = useAction('session.renew');
  const [token, setToken] = useState('');
  const lastAt = useEngine(({ session }) =>
    session.kind === 'open' && session.reach.kind === 'failed' ? session.reach.lastAt : undefined,
  );
  const hasKeychain = useShell((shell) => shell.secrets === 'keychain');
  const missing = hasKeychain ? texts.missing : texts.forgotten;
  const sentence = entry.token === 'missing' ? missing : texts.refused;
  return (
    <Notice tone="warn" live>
      {words.say(sentence, { user: entry.account.user })}
      {lastAt !== undefined && (
        <>
          {words.gap}
          <Stale at={lastAt} />
        </>
      )}
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          void renew.run({ accountId: entry.id, token });
        }}
      >
        <Field
          label={first.token}
          type="password"
          value={token}
          error={renew.error === undefined ? undefined : words.error(renew.error)}
          onChange={(event) => {
            setToken(event.target.value);
            renew.clear();
          }}
          trailing={
            <>
              {renew.running && (
                <Button look="quiet" onClick={renew.cancel}>
                  {app.cancel}
                </Button>
              )}
              <Button type="submit" busy={renew.running}>
                {texts.renew}
              </Button>
            </>
          }
        />
      </form>
    </Notice>
  );
}
