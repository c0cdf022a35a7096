import { useEffect, useState } from 'react';
import type { Service } from '../../../shared/model/service.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { AccessList } from './access-list.tsx';
import { EveryonePart } from './everyone-part.tsx';
import { GrantForm } from './grant-form.tsx';
import css from './share-sheet.module.css';
import { type Shared, SharedPart } from './shared-part.tsx';

type With = 'people' | 'programs' | 'everyone';

/** Who may open a service at its public address, and the text to send them. */
export function ShareSheet({
  service,
  onClose,
}: {
  readonly service: Service;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { share: texts } = words.texts;
  const gate = useEngine((engine) => engine.gates[service.id]);
  const [who, setWho] = useState<With>('people');
  const [shared, setShared] = useState<Shared>();
  const plan = useAction('gate.plan', { whileShown: true });
  const [known, setKnown] = useState<Awaited<ReturnType<typeof plan.run>>>();
  const { run } = plan;

  useEffect(() => {
    void run({ serviceId: service.id }).then(setKnown);
  }, [run, service.id]);

  return (
    <Dialog open wide title={words.say(texts.title, { name: service.name })} onClose={onClose}>
      <div className={css.sheet}>
        {shared === undefined ? (
          <>
            <Segmented
              label={texts.who}
              value={who}
              options={[
                { value: 'people', text: texts.people },
                { value: 'programs', text: texts.programs },
                { value: 'everyone', text: texts.everyone },
              ]}
              onChange={setWho}
            />
            {who === 'everyone' ? (
              <EveryonePart service={service} gate={gate} />
            ) : plan.error !== undefined ? (
              <ErrorNotice live error={plan.error} />
            ) : known?.ok !== true ? (
              <p className={css.soft} role="status">
                {texts.looking}
              </p>
            ) : (
              <GrantForm
                key={who}
                service={service}
                plan={known.value}
                to={who}
                onShared={setShared}
                onClose={onClose}
              />
            )}
          </>
        ) : (
          <SharedPart
            service={service}
            shared={shared}
            onClose={onClose}
            onAnother={() => {
              setShared(undefined);
              void run({ serviceId: service.id }).then(setKnown);
            }}
          />
        )}
        {gate !== undefined && <AccessList service={service} gate={gate} />}
      </div>
    </Dialog>
  );
}
