import { Globe } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Container } from '../../../shared/model/container.ts';
import type { RouteHealth, Service, Step } from '../../../shared/model/service.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { go } from '../../store/context.ts';
import { useNow } from '../../store/now.ts';
import { useWords } from '../../words/use-words.ts';
import { OpenMark } from '../exposure/index.ts';
import { type LaneView, publicLane, tunnelLane } from '../lanes/index.ts';
import { ChainSteps } from './chain-steps.tsx';
import { laneFacts } from './lane-facts.ts';
import css from './route-chains.module.css';
import { TunnelControl } from './tunnel-control.tsx';

/** Both lanes as chains: each part of the way, how long it took, and where it breaks. */
export function RouteChains({
  service,
  container,
}: {
  readonly service: Service;
  readonly container: Container;
}) {
  const words = useWords();
  const { texts } = words;
  const now = useNow();
  const { exposure } = service;
  const url = 'url' in exposure ? exposure.url : undefined;
  const mayMap = exposure.kind === 'unmapped' && container.mappings !== 'unknown';

  return (
    <div className={css.chains}>
      <Chain
        lane="public"
        name={texts.services.public}
        view={publicLane(service, words)}
        now={now}
        health={service.health.public}
        end={
          <>
            <OpenMark service={service} />
            {url !== undefined && (
              <Address
                qr
                qrNote={<OpenMark service={service} />}
                text={url}
                copyLabel={`${texts.copy.address}: ${texts.services.public}`}
              />
            )}
            {mayMap && (
              <Button
                look="quiet"
                icon={<Globe aria-hidden="true" />}
                onClick={() => go({ kind: 'container', id: container.id })}
              >
                {texts.services.mapPort}
              </Button>
            )}
          </>
        }
      />
      <Chain
        lane="tunnel"
        name={texts.services.tunnel}
        view={tunnelLane(service, words, now)}
        now={now}
        health={service.tunnel.state.kind === 'closed' ? { state: 'absent' } : service.health.tunnel}
        end={<TunnelControl service={service} container={container} />}
      />
    </div>
  );
}

const stepsOf = (health: RouteHealth): readonly Step[] =>
  health.state === 'absent' || health.state === 'unknown' ? [] : health.facts.steps;

function Chain({
  lane,
  name,
  view,
  now,
  health,
  end,
}: {
  readonly lane: 'public' | 'tunnel';
  readonly name: string;
  readonly view: LaneView;
  readonly now: number;
  readonly health: RouteHealth;
  readonly end: ReactNode;
}) {
  const words = useWords();
  const { lane: texts } = words.texts;
  const steps = stepsOf(health);
  const facts = laneFacts(health, words, now);
  return (
    <section className={`${css.chain} ${css[lane]}`} aria-label={name}>
      <div className={css.head}>
        <h2 className={css.name}>{name}</h2>
        <span className={css.state}>
          <StateMark mark={view.mark} /> {view.text}
        </span>
        {view.verifiedAt !== undefined && (
          <span className={css.verified}>
            {words.say(texts.verified, { age: words.age(now - view.verifiedAt) })}
          </span>
        )}
        <div className={css.end}>{end}</div>
      </div>
      {steps.length > 0 && <ChainSteps steps={steps} />}
      {facts.length > 0 && <p className={css.verified}>{facts.join(' · ')}</p>}
      {view.error !== undefined && <p className={css.error}>{words.error(view.error)}</p>}
    </section>
  );
}
