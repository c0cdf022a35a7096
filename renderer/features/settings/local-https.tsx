import type { ProxyState } from '../../../shared/model/session.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Section } from '../../components/page.tsx';
import { Switch } from '../../components/switch.tsx';
import { useAction } from '../../store/use-action.ts';
import { useChoice } from '../../store/use-choice.ts';
import { useWords } from '../../words/use-words.ts';
import css from './local-https.module.css';

type ListeningProxy = Extract<ProxyState, { readonly kind: 'listening' }>;

/** HTTPS at local addresses, and whether the system trusts the authority behind it. */
export function LocalHttps({ proxy }: { readonly proxy: ListeningProxy }) {
  const words = useWords();
  const { localAddress: texts, copy } = words.texts;
  const trust = useAction('proxy.setTrusted');
  const { https, trusted = false } = proxy;
  const set = useChoice('proxy.setHttps', https !== undefined, (on) => ({ on }));
  const error = set.error ?? trust.error;
  const change = (on: boolean) => {
    set.clear();
    void trust.run({ on });
  };
  return (
    <Section title={texts.https}>
      <div className={css.panel}>
        <Switch
          label={texts.httpsSwitch}
          hint={texts.httpsText}
          checked={set.shown}
          onChange={(on) => {
            trust.clear();
            set.choose(on);
          }}
        />
        {(https !== undefined || trusted) && (
          <div className={css.trust}>
            <p>{trusted ? texts.trusted : texts.notTrusted}</p>
            {trusted ? (
              <Button busy={trust.running} onClick={() => change(false)}>
                {texts.distrust}
              </Button>
            ) : (
              <Button busy={trust.running} onClick={() => change(true)}>
                {texts.trustAsk}
              </Button>
            )}
          </div>
        )}
        {https !== undefined && (
          <div className={css.file}>
            <span>{texts.authorityFile}</span>
            <Address text={https.file} copyLabel={copy.path} />
          </div>
        )}
        {error !== undefined && <ErrorNotice live error={error} />}
      </div>
    </Section>
  );
}
