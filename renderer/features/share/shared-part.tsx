import type { GateCheck } from '../../../shared/model/gate.ts';
import type { Service } from '../../../shared/model/service.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { DialogActions } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { useWords } from '../../words/use-words.ts';
import { linkOf, messageIn } from './message.ts';
import css from './share-sheet.module.css';

/** What came of sharing: the secret is here alone, and goes with the sheet. */
export interface Shared {
  readonly kind: 'link' | 'key' | 'password';
  readonly secret?: string;
  readonly address?: string;
  readonly until: number | null;
  readonly check?: GateCheck;
}

/** The link or key to send, once, and what a stranger was told just now. */
export function SharedPart({
  service,
  shared,
  onClose,
  onAnother,
}: {
  readonly service: Service;
  readonly shared: Shared;
  readonly onClose: () => void;
  readonly onAnother: () => void;
}) {
  const words = useWords();
  const { share: texts, copy } = words.texts;
  const { kind, secret, address = '', check, until } = shared;
  const sending = { name: service.name, address, kind, secret, until };
  const link = linkOf(sending);
  const isOpen = check?.verdict === 'open';
  const other = words.language === 'en' ? 'zh-CN' : 'en';

  return (
    <div className={css.part}>
      <Notice live tone={check?.verdict === 'closed' ? 'info' : isOpen ? 'down' : 'warn'}>
        {check?.verdict === 'closed' ? texts.verified : isOpen ? texts.stillOpen : texts.notVerified}
      </Notice>
      {address !== '' && (
        <div>
          <p className={css.soft}>{kind === 'link' ? texts.secretLink : texts.address}</p>
          <Address qr text={link} copyLabel={kind === 'link' ? texts.secretLink : copy.address} />
        </div>
      )}
      {secret !== undefined && kind === 'key' && (
        <div>
          <p className={css.soft}>{texts.secretKey}</p>
          <Address text={secret} copyLabel={texts.secretKey} />
        </div>
      )}
      {secret !== undefined && <p className={css.soft}>{texts.secretOnce}</p>}
      {([words.language, other] as const).map((language) => {
        const message = messageIn(language, sending);
        const label = language === words.language ? texts.toSend : texts.toSendOther;
        return (
          <div key={language}>
            <p className={css.soft}>{label}</p>
            <div className={css.message} lang={language}>
              <pre>{message}</pre>
              <CopyButton text={message} label={label} />
            </div>
          </div>
        );
      })}
      <DialogActions>
        <Button onClick={onAnother}>{texts.another}</Button>
        <Button look="primary" onClick={onClose}>
          {texts.done}
        </Button>
      </DialogActions>
    </div>
  );
}
