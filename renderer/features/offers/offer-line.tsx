import type { PortOffer } from '../../../shared/model/launch.ts';
import type { Service } from '../../../shared/model/service.ts';
import { reservedPorts } from '../../../shared/platform-rules/index.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { useRemoval } from '../toasts/index.ts';
import css from './offer-line.module.css';

/**
 * Under a service whose port was found to listen and that nobody was asked about: who opened it, and what can be done.
 * Nothing is opened unasked; the row above has the tunnel. Of many services only the word stands there.
 */
export function OfferLine({
  service,
  isDense = false,
}: {
  readonly service: Service;
  readonly isDense?: boolean;
}) {
  const offer = useEngine((engine) => engine.offers[service.id]);
  const { offers: texts } = useWords().texts;
  if (offer === undefined) return null;
  if (isDense) return <span className={css.mark}>{texts.mark}</span>;
  return <Offered offer={offer} isRaw={service.protocol === 'tcp'} />;
}

function Offered({ offer, isRaw }: { readonly offer: PortOffer; readonly isRaw: boolean }) {
  const words = useWords();
  const { offers: texts } = words.texts;
  const { id, containerId, port, bind } = offer;
  // The platform maps HTTP only, and none of its own ports.
  const canMap = bind === 'any' && !isRaw && !reservedPorts.includes(port);
  const map = useAction('mappings.add');
  const answer = useRemoval('offers.answer');
  const process = offer.command ?? offer.process;
  const error = map.error ?? answer.error;
  const named = (action: string) => ({ 'aria-label': words.say(texts.of, { action, port }) });
  return (
    <div className={css.offer}>
      <div className={css.line}>
        <span className={css.mark}>{texts.mark}</span>
        <span className={css.what} data-hint={process} data-hint-if-cut="">
          {process === undefined ? texts.unnamed : words.say(texts.by, { process })}
          {bind === 'loopback' && <span className={css.bind}>{texts.loopback}</span>}
        </span>
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
        <Button
          look="quiet"
          busy={answer.running}
          {...named(texts.ignore)}
          onClick={() => void answer.run({ serviceId: id, how: 'ignored' }, `:${port}`)}
        >
          {texts.ignore}
        </Button>
      </div>
      {error !== undefined && (
        <div className={css.error}>
          <ErrorNotice live error={error} />
        </div>
      )}
    </div>
  );
}
