import type { RouteChoice, Service } from '../../../shared/model/service.ts';
import { Address } from '../../components/address.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { useEngine } from '../../store/context.ts';
import { useChoice } from '../../store/use-choice.ts';
import { useWords } from '../../words/use-words.ts';
import { useProgramAddress } from '../program-address/index.ts';
import css from './local-card.module.css';

/** The stable local address, large, and which way it goes. */
export function LocalCard({ service }: { readonly service: Service }) {
  const words = useWords();
  const { service: texts, copy, status } = words.texts;
  const proxy = useEngine((engine) => engine.proxy);
  const makeText = useProgramAddress(service);
  const { local, tunnel } = service;
  const route = useChoice<'services.setRoute', RouteChoice>(
    'services.setRoute',
    local?.choice ?? 'auto',
    (choice) => ({ serviceId: service.id, choice }),
  );

  if (local === undefined) {
    return (
      <div className={css.card}>
        <div className={css.main}>
          <h2 className={css.title}>{texts.localTitle}</h2>
          {service.protocol === 'tcp' ? (
            tunnel.local === undefined ? (
              <p className={css.text}>{texts.localNoneClosed}</p>
            ) : (
              <>
                <p className={css.text}>{texts.localNone}</p>
                <Address large text={`${tunnel.local.host}:${tunnel.local.port}`} copyLabel={copy.address} />
              </>
            )
          ) : (
            <p className={css.text}>{proxy.kind === 'failed' ? words.error(proxy.error) : status.proxyOff}</p>
          )}
        </div>
      </div>
    );
  }

  const reason = texts.reason[local.reason];
  const goes =
    local.route === undefined
      ? words.say(texts.goesNowhere, { reason })
      : words.say(texts.goes, { route: texts[local.route].toLowerCase(), reason });
  return (
    <div className={css.card} data-route={local.route ?? 'none'}>
      <div className={css.main}>
        <h2 className={css.title}>{texts.localTitle}</h2>
        <Address large text={local.url} copyLabel={copy.address} makeText={makeText} />
        <p className={css.text}>{goes}</p>
      </div>
      <div className={css.route}>
        <Segmented<RouteChoice>
          label={texts.route}
          value={route.shown}
          onChange={route.choose}
          options={[
            { value: 'auto', text: texts.auto },
            { value: 'public', text: texts.public },
            { value: 'tunnel', text: texts.tunnel },
          ]}
        />
        {route.error !== undefined && <ErrorNotice live error={route.error} />}
      </div>
    </div>
  );
}
