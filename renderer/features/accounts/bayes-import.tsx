import { useEffect, useState } from 'react';
import type { BayesAccount } from '../../../shared/model/session.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './bayes-import.module.css';

/** Takes over an account of the platform's own command. */
export function BayesImport({
  disabled,
  onDone,
}: {
  readonly disabled: boolean;
  readonly onDone?: () => void;
}) {
  const words = useWords();
  const { accounts: texts } = words.texts;
  const list = useAction('session.bayesAccounts');
  const [accounts, setAccounts] = useState<readonly BayesAccount[]>();
  const { run } = list;

  useEffect(() => {
    void run({}).then((answer) => {
      if (answer.ok) setAccounts(answer.value.accounts);
    });
  }, [run]);

  return (
    <div className={css.import}>
      <p className={css.text}>{texts.bayesText}</p>
      {list.error !== undefined && <ErrorNotice error={list.error} />}
      {accounts?.length === 0 && <p>{texts.bayesNone}</p>}
      <ul className={css.list}>
        {(accounts ?? []).map((account) => (
          <BayesRow key={account.name} account={account} disabled={disabled} onDone={onDone} />
        ))}
      </ul>
    </div>
  );
}

function BayesRow({
  account,
  disabled,
  onDone,
}: {
  readonly account: BayesAccount;
  readonly disabled: boolean;
  readonly onDone?: () => void;
}) {
  const words = useWords();
  const { accounts: texts, first, app } = words.texts;
  const take = useAction('session.importBayes', { whileShown: true });
  const [domain, setDomain] = useState('');
  const needsDomain = account.instance === 'unknown';
  const isDomain = take.error?.code === 'domain_invalid';
  return (
    <li className={css.row}>
      <div className={css.line}>
        <span className={css.names}>
          <span>
            {account.user ?? account.name}
            {account.isDefault && <span className={css.text}> · {texts.bayesDefault}</span>}
          </span>
          <span className={css.text}>{account.origin}</span>
        </span>
        {take.running && (
          <Button look="quiet" onClick={take.cancel}>
            {app.cancel}
          </Button>
        )}
        <Button
          busy={take.running}
          disabled={disabled || !account.hasToken}
          onClick={() =>
            void take.run({ name: account.name, ...(needsDomain ? { domain } : {}) }).then((answer) => {
              if (answer.ok) onDone?.();
            })
          }
        >
          {account.hasToken ? texts.import : texts.bayesNoToken}
        </Button>
      </div>
      {needsDomain && (
        <Field
          label={first.domain}
          hint={first.domainHint}
          value={domain}
          error={isDomain && take.error !== undefined ? words.error(take.error) : undefined}
          onChange={(event) => {
            setDomain(event.target.value);
            take.clear();
          }}
        />
      )}
      {take.error !== undefined && !isDomain && <ErrorNotice live error={take.error} />}
    </li>
  );
}
