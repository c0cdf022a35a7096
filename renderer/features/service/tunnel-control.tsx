import { Cable, RotateCw, Unplug } from 'lucide-react';
import { useState } from 'react';
import type { Container } from '../../../shared/model/container.ts';
import type { Service } from '../../../shared/model/service.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './tunnel-control.module.css';

/** Opens, closes and retries the tunnel; where it is closed, at a local port of the person's choice. */
export function TunnelControl({
  service,
  container,
}: {
  readonly service: Service;
  readonly container: Container;
}) {
  const words = useWords();
  const { services: texts, service: serviceTexts, lane, copy } = words.texts;
  const open = useAction('tunnels.open');
  const close = useAction('tunnels.close');
  const retry = useAction('tunnels.retry');
  const [localPort, setLocalPort] = useState('');
  const { state, local } = service.tunnel;
  const error = open.error ?? close.error ?? retry.error;
  const isFieldWrong = error?.field === 'localPort';
  const free = error?.code === 'local_port_busy' ? error.params?.free : undefined;

  if (state.kind === 'closed') {
    if (container.ssh === undefined) return null;
    return (
      <form
        className={css.open}
        onSubmit={(event) => {
          event.preventDefault();
          void open.run({ serviceId: service.id, localPort });
        }}
      >
        <label className={css.label}>
          {serviceTexts.localPort}
          <input
            className={css.port}
            inputMode="numeric"
            value={localPort}
            placeholder={serviceTexts.localPortAny}
            data-hint={serviceTexts.localPortHint}
            aria-description={serviceTexts.localPortHint}
            aria-invalid={isFieldWrong}
            aria-describedby={error === undefined ? undefined : 'tunnel-error'}
            onChange={(event) => {
              setLocalPort(event.target.value);
              open.clear();
            }}
          />
        </label>
        <Button type="submit" icon={<Cable aria-hidden="true" />} busy={open.running}>
          {texts.openTunnel}
        </Button>
        {error !== undefined && (
          <p className={css.error} id="tunnel-error" role="alert">
            {words.error(error)}
          </p>
        )}
        {typeof free === 'number' && (
          <Button
            onClick={() => {
              setLocalPort(String(free));
              void open.run({ serviceId: service.id, localPort: String(free) });
            }}
          >
            {words.say(words.texts.forwards.usePort, { port: free })}
          </Button>
        )}
      </form>
    );
  }

  const mayRetry = state.kind === 'reconnecting' || state.kind === 'failed' || state.kind === 'unanswered';
  return (
    <>
      {local !== undefined && (
        <Address text={`${local.host}:${local.port}`} copyLabel={`${copy.address}: ${texts.tunnel}`} />
      )}
      {mayRetry && (
        <Button
          icon={<RotateCw aria-hidden="true" />}
          busy={retry.running}
          onClick={() => void retry.run({ serviceId: service.id })}
        >
          {lane.retryNow}
        </Button>
      )}
      <Button
        icon={<Unplug aria-hidden="true" />}
        busy={close.running}
        onClick={() => void close.run({ serviceId: service.id })}
      >
        {texts.closeTunnel}
      </Button>
    </>
  );
}
