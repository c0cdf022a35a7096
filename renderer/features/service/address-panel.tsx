import { useState } from 'react';
import type { HeaderRule, PresetId } from '../../../shared/model/headers.ts';
import type { LocalDetails } from '../../../shared/model/local-options.ts';
import type { Service } from '../../../shared/model/service.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Section } from '../../components/page.tsx';
import { Select } from '../../components/select.tsx';
import { Switch } from '../../components/switch.tsx';
import { go, useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useChoice } from '../../store/use-choice.ts';
import { useWords } from '../../words/use-words.ts';
import { KeyForm } from '../service-key/index.ts';
import css from './address-panel.module.css';
import { RouteChanges } from './route-changes.tsx';

/** Everything about the local address of one service that a person may want otherwise. */
export function AddressPanel({ service }: { readonly service: Service }) {
  const details = service.local?.details;
  if (details === undefined) return null;
  return (
    <div className={css.panel}>
      <Clash service={service} details={details} />
      <Headers serviceId={service.id} details={details} />
      <OwnPort serviceId={service.id} details={details} />
      <Https />
      <Credential serviceId={service.id} details={details} />
      <OtherPages serviceId={service.id} details={details} />
      <RouteChanges details={details} />
    </div>
  );
}

interface PartProps {
  readonly serviceId: string;
  readonly details: LocalDetails;
}

function Clash({ service, details }: { readonly service: Service; readonly details: LocalDetails }) {
  const words = useWords();
  if (details.clash === undefined) return null;
  return (
    <Notice tone="info">
      {words.say(words.texts.localAddress.clash, { wanted: details.clash, name: service.name })}
    </Notice>
  );
}

function Headers({ serviceId, details: { headers } }: PartProps) {
  const words = useWords();
  const { headers: texts } = words.texts;
  const preset = useChoice('services.setHeaders', headers.chosen, (chosen) => ({
    serviceId,
    change: { preset: chosen },
  }));
  // The catalogue names each rule and each preset once, in their order.
  const headerRules = Object.keys(texts.rule) as HeaderRule[];
  const presetIds = Object.keys(texts.preset) as PresetId[];
  return (
    <Section title={texts.title}>
      <p className={css.text}>{texts.text}</p>
      <div className={css.narrow}>
        <Select
          label={texts.presetLabel}
          value={preset.shown}
          onChange={preset.choose}
          options={[
            { value: 'auto', text: words.say(texts.auto, { preset: texts.preset[headers.preset] }) },
            ...presetIds.map((id) => ({ value: id, text: texts.preset[id] })),
          ]}
        />
        <p className={css.text}>{texts.presetWhy[headers.preset]}</p>
      </div>
      {preset.error !== undefined && <ErrorNotice live error={preset.error} />}
      <div className={css.rules}>
        {headerRules.map((rule) => (
          <RuleSwitch key={rule} serviceId={serviceId} rules={headers.rules} rule={rule} />
        ))}
      </div>
    </Section>
  );
}

/** One of the rules, on or off for this service. */
function RuleSwitch({
  serviceId,
  rules,
  rule,
}: {
  readonly serviceId: string;
  readonly rules: readonly HeaderRule[];
  readonly rule: HeaderRule;
}) {
  const { headers: texts } = useWords().texts;
  const { shown, choose, error } = useChoice('services.setHeaders', rules.includes(rule), (on) => ({
    serviceId,
    change: { rule, on },
  }));
  return (
    <>
      <Switch label={texts.rule[rule]} hint={texts.ruleWhy[rule]} checked={shown} onChange={choose} />
      {error !== undefined && <ErrorNotice live error={error} />}
    </>
  );
}

function OwnPort({ serviceId, details: { ownPort } }: PartProps) {
  const words = useWords();
  const { localAddress: texts, copy } = words.texts;
  const [port, setPort] = useState('');
  const set = useAction('services.setOwnPort');
  const isOn = ownPort !== undefined;
  const error = set.error ?? (ownPort?.kind === 'failed' ? ownPort.error : undefined);
  return (
    <Section title={texts.ownPort}>
      <p className={css.text}>{texts.ownPortText}</p>
      {isOn ? (
        <div className={css.line}>
          {ownPort.kind === 'listening' && <Address text={ownPort.url} copyLabel={copy.address} />}
          <Button busy={set.running} onClick={() => void set.run({ serviceId })}>
            {texts.ownPortClose}
          </Button>
        </div>
      ) : (
        <form
          className={css.line}
          onSubmit={(event) => {
            event.preventDefault();
            void set.run({ serviceId, port });
          }}
        >
          <Field
            label={words.texts.service.localPort}
            hint={texts.ownPortHint}
            inputMode="numeric"
            value={port}
            error={set.error === undefined ? undefined : words.error(set.error)}
            onChange={(event) => {
              setPort(event.target.value);
              set.clear();
            }}
            trailing={
              <Button type="submit" busy={set.running}>
                {texts.ownPortOpen}
              </Button>
            }
          />
        </form>
      )}
      {isOn && error !== undefined && <ErrorNotice live error={error} />}
    </Section>
  );
}

/** One switch for every service stands with the settings: here is only the way to it. */
function Https() {
  const words = useWords();
  const { localAddress: texts } = words.texts;
  const isOn = useEngine(({ proxy }) => proxy.kind === 'listening' && proxy.https !== undefined);
  return (
    <Section title={texts.https}>
      <div className={css.line}>
        <span>{isOn ? texts.httpsOn : texts.httpsOff}</span>
        <Button onClick={() => go({ kind: 'settings' })}>{texts.httpsSettings}</Button>
      </div>
    </Section>
  );
}

function OtherPages({ serviceId, details: { allowsCrossSite } }: PartProps) {
  const { localAddress: texts } = useWords().texts;
  const choice = useChoice('services.setCrossSite', allowsCrossSite, (allowed) => ({ serviceId, allowed }));
  return (
    <Section title={texts.crossSite}>
      <Switch
        label={texts.crossSiteSwitch}
        hint={texts.crossSiteText}
        checked={choice.shown}
        onChange={choice.choose}
      />
      {choice.error !== undefined && <ErrorNotice live error={choice.error} />}
    </Section>
  );
}

function Credential({ serviceId, details: { hasCredential } }: PartProps) {
  const { localAddress: texts } = useWords().texts;
  return (
    <Section title={texts.credential}>
      <p className={css.text}>{texts.credentialText}</p>
      <KeyForm serviceId={serviceId} isKept={hasCredential} label={texts.credential} />
    </Section>
  );
}
