import { useState } from 'react';
import type { GatePlan } from '../../../shared/model/gate.ts';
import type { Service } from '../../../shared/model/service.ts';
import { FormActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Select } from '../../components/select.tsx';
import { Switch } from '../../components/switch.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { type End, ends, untilOf } from './ends.ts';
import css from './share-sheet.module.css';
import type { Shared } from './shared-part.tsx';

/** For whom, until when, and what it takes in the container: said before it is done. */
export function GrantForm({
  service,
  plan,
  to,
  onShared,
  onClose,
}: {
  readonly service: Service;
  readonly plan: GatePlan;
  readonly to: 'people' | 'programs';
  readonly onShared: (shared: Shared) => void;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { share: texts } = words.texts;
  const [by, setBy] = useState<'link' | 'password'>('link');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [end, setEnd] = useState<End>('week');
  const [day, setDay] = useState('');
  const [once, setOnce] = useState(false);
  const share = useAction('gate.share');
  const kind: Shared['kind'] = to === 'programs' ? 'key' : by;
  const until = untilOf(end, day, Date.now());
  const isReady = until !== undefined && (kind !== 'password' || password !== '');

  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (until === undefined) return;
        const order = {
          ...{ serviceId: service.id, kind, name, until },
          restart: plan.kind === 'restart',
          ...(kind === 'password' ? { password } : {}),
          ...(kind === 'link' && once ? { once } : {}),
        };
        void share.run(order).then((done) => {
          if (done.ok) onShared({ ...done.value, kind, until });
        });
      }}
    >
      {to === 'people' && (
        <Select
          label={texts.by}
          value={by}
          onChange={setBy}
          options={[
            { value: 'link', text: texts.link },
            { value: 'password', text: texts.password },
          ]}
        />
      )}
      {kind === 'password' && (
        <Field
          label={texts.passwordLabel}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      )}
      <div className={css.pair}>
        <Field
          label={texts.name}
          hint={texts.nameHint}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Select
          label={texts.until}
          value={end}
          onChange={setEnd}
          options={ends.map((value) => ({ value, text: texts[value] }))}
        />
        {end === 'date' && (
          <Field label={texts.day} type="date" value={day} onChange={(event) => setDay(event.target.value)} />
        )}
      </div>
      {kind === 'link' && <Switch label={texts.once} checked={once} onChange={setOnce} />}
      {plan.address === undefined && (
        <Notice tone="warn">{words.say(texts.unmapped, { port: plan.port })}</Notice>
      )}
      {plan.address !== undefined && service.exposure.kind !== 'mapped' && (
        <Notice tone="info">{texts.waits}</Notice>
      )}
      {plan.kind === 'byHand' ? (
        <ErrorNotice error={{ code: 'gate_by_hand', params: { port: plan.port } }} />
      ) : (
        plan.commands.length > 0 && (
          <Notice tone={plan.kind === 'restart' ? 'warn' : 'info'}>
            {plan.kind === 'restart' ? texts.restart : texts.start}
            {plan.commands.map((command) => (
              <code key={command} className={css.command}>
                {command}
              </code>
            ))}
          </Notice>
        )
      )}
      {share.running && (
        <p className={css.soft} role="status">
          {texts.working}
        </p>
      )}
      {share.error !== undefined && <ErrorNotice live error={share.error} />}
      <FormActions
        action={plan.kind === 'restart' ? texts.restartAction : texts.shareAction}
        busy={share.running}
        disabled={!isReady || plan.kind === 'byHand'}
        onCancel={() => {
          share.cancel();
          onClose();
        }}
      />
    </form>
  );
}
