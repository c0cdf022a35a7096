import { useState } from 'react';
import { Select } from '../../components/select.tsx';
import { useWords } from '../../words/use-words.ts';
import { BayesImport } from '../accounts/index.ts';
import { untypedPlatform } from './platform-fields.tsx';
import { SignInByPassword } from './sign-in-by-password.tsx';
import { SignInByToken } from './sign-in-by-token.tsx';
import css from './sign-in-form.module.css';

type Method = 'token' | 'password' | 'bayes';

/** Signing in, by whatever the person has. What was typed stays, whatever comes back. */
export function SignInForm({
  disabled,
  onDone,
}: {
  readonly disabled: boolean;
  readonly onDone?: () => void;
}) {
  const { accounts: texts } = useWords().texts;
  const [method, setMethod] = useState<Method>('token');
  const [platform, setPlatform] = useState(untypedPlatform);
  const shared = { platform, onPlatform: setPlatform, disabled, onDone };
  return (
    <div className={css.form}>
      <Select<Method>
        label={texts.method}
        value={method}
        onChange={setMethod}
        options={[
          { value: 'token', text: texts.token },
          { value: 'password', text: texts.password },
          { value: 'bayes', text: texts.bayes },
        ]}
      />
      {method === 'token' && <SignInByToken {...shared} />}
      {method === 'password' && <SignInByPassword {...shared} />}
      {method === 'bayes' && <BayesImport disabled={disabled} onDone={onDone} />}
    </div>
  );
}
