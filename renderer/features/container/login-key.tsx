import { KeyRound } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useEngine, useShell } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './container-page.module.css';

/** The key of this computer on the platform, or the one click that makes and registers it. */
export function LoginKeyFact() {
  const words = useWords();
  const { loginKey: said } = words.texts;
  const key = useEngine((engine) => engine.loginKey);
  const hasKeychain = useShell((shell) => shell.secrets === 'keychain');
  const register = useAction('containers.registerKey');
  if (key.kind === 'registered')
    return (
      <>
        {words.say(said.registered, { name: key.name })} <code>{key.fingerprint}</code>
      </>
    );
  return (
    <div className={css.key}>
      <Button
        icon={<KeyRound aria-hidden="true" />}
        busy={register.running}
        onClick={() => void register.run({})}
      >
        {said.register}
      </Button>
      <span className={css.soft}>{hasKeychain ? said.hint : said.sessionHint}</span>
      {register.error !== undefined && <ErrorNotice live error={register.error} />}
    </div>
  );
}
