import { useState } from 'react';
import type { Gate } from '../../../shared/model/gate.ts';
import type { Service } from '../../../shared/model/service.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './share-sheet.module.css';

/** As it is without a gate: whoever knows the address gets in. */
export function EveryonePart({
  service,
  gate,
}: {
  readonly service: Service;
  readonly gate: Gate | undefined;
}) {
  const words = useWords();
  const { share: texts, copy } = words.texts;
  const [asks, setAsks] = useState(false);
  const remove = useAction('gate.remove');
  const url = 'url' in service.exposure ? service.exposure.url : undefined;
  return (
    <div className={css.part}>
      <Notice tone="warn">{texts.everyoneText}</Notice>
      {url !== undefined && <Address qr text={url} copyLabel={copy.address} />}
      {gate !== undefined && (
        <Button look="danger" busy={remove.running} onClick={() => setAsks(true)}>
          {texts.openAction}
        </Button>
      )}
      {remove.error !== undefined && <ErrorNotice live error={remove.error} />}
      <Confirm
        danger
        open={asks}
        title={texts.openAction}
        text={words.say(texts.openQuestion, { name: service.name })}
        action={texts.openAction}
        onConfirm={() => void remove.run({ serviceId: service.id, open: true })}
        onClose={() => setAsks(false)}
      />
    </div>
  );
}
