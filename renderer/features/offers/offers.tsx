import { useMemo, useState } from 'react';
import type { PortOffer } from '../../../shared/model/launch.ts';
import { reservedPorts } from '../../../shared/platform-rules/index.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './offers.module.css';

/** More than this push the services themselves out of sight. */
const mostAtOnce = 3;

/** Ports of one container that were found to listen and that nobody was asked about. Nothing is opened unasked. */
export function Offers({ containerId }: { readonly containerId: string }) {
  const words = useWords();
  const { offers: texts } = words.texts;
  const [isWhole, setIsWhole] = useState(false);
  const all = useEngine((engine) => engine.offers);
  const offers = useMemo(
    () =>
      Object.values(all)
        .filter((offer) => offer.containerId === containerId)
        .sort((a, b) => a.port - b.port),
    [all, containerId],
  );
  if (offers.length === 0) return null;
  // One alone behind a button would take the room of the button.
  const shown = isWhole || offers.length <= mostAtOnce + 1 ? offers : offers.slice(0, mostAtOnce);
  const hidden = offers.length - shown.length;
  return (
    <ul className={css.offers} aria-label={texts.label}>
      {shown.map((offer) => (
        <OfferRow key={offer.id} offer={offer} />
      ))}
      {hidden > 0 && (
        <li className={css.offer}>
          <Button look="quiet" onClick={() => setIsWhole(true)}>
            {words.say(texts.rest, { count: hidden })}
          </Button>
        </li>
      )}
    </ul>
  );
}

function OfferRow({ offer }: { readonly offer: PortOffer }) {
  const words = useWords();
  const { offers: texts } = words.texts;
  const { id, containerId, port, bind } = offer;
  const canTunnel = useEngine((engine) => engine.containers[containerId]?.ssh !== undefined);
  // The platform maps HTTP only, and none of its own ports.
  const isRaw = useEngine((engine) => engine.services[id]?.protocol === 'tcp');
  const canMap = bind === 'any' && !isRaw && !reservedPorts.includes(port);
  const map = useAction('mappings.add');
  const tunnel = useAction('tunnels.open');
  const answer = useAction('offers.answer');
  const process = offer.command ?? offer.process;
  const error = map.error ?? tunnel.error ?? answer.error;
  const named = (action: string) => ({ 'aria-label': words.say(texts.of, { action, port }) });
  return (
    <li className={css.offer}>
      <div className={css.line}>
        <span className={css.what} title={process}>
          {process === undefined
            ? words.say(texts.unnamed, { port })
            : words.say(texts.by, { port, process })}
          {bind === 'loopback' && <span className={css.bind}>{texts.loopback}</span>}
        </span>
        <span className={css.actions}>
          {canMap && (
            <Button
              look="quiet"
              busy={map.running}
              {...named(texts.map)}
              onClick={() => void map.run({ containerId, name: '', port: String(port) })}
            >
              {texts.map}
            </Button>
          )}
          {canTunnel && (
            <Button
              look="quiet"
              busy={tunnel.running}
              {...named(texts.tunnel)}
              onClick={() => void tunnel.run({ serviceId: id })}
            >
              {texts.tunnel}
            </Button>
          )}
          <Button
            look="quiet"
            busy={answer.running}
            {...named(texts.ignore)}
            onClick={() => void answer.run({ serviceId: id, how: 'ignored' })}
          >
            {texts.ignore}
          </Button>
        </span>
      </div>
      {error !== undefined && <ErrorNotice live error={error} />}
    </li>
  );
}
