import { Star } from 'lucide-react';
import { memo } from 'react';
import type { Container } from '../../../shared/model/container.ts';
import type { Service } from '../../../shared/model/service.ts';
import { findingTones } from '../../../shared/verdicts/tone.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { dragOut } from '../../components/drag-out.ts';
import { StateMark } from '../../components/state-mark.tsx';
import { go, useShell } from '../../store/context.ts';
import { useNow } from '../../store/now.ts';
import { useWords, type Words } from '../../words/use-words.ts';
import { OpenMark } from '../exposure/index.ts';
import { LaneCell, publicLane, tunnelLane } from '../lanes/index.ts';
import { OfferLine } from '../offers/index.ts';
import { ServiceActions } from './service-actions.tsx';
import { ServiceIcon } from './service-icon.tsx';
import css from './service-row.module.css';

/** One service: one line of meaning, one of detail. */
export const ServiceRow = memo(function ServiceRow({
  service,
  container,
  isDense = false,
}: {
  readonly service: Service;
  readonly container: Container;
  /** Of hundreds each has one line, and a second one only to say what is wrong. */
  readonly isDense?: boolean;
}) {
  const words = useWords();
  return (
    <li className={css.row} aria-label={service.name}>
      <button type="button" className={css.service} onClick={() => go({ kind: 'service', id: service.id })}>
        <span className={css.icon}>
          <ServiceIcon service={service} />
        </span>
        <span className={css.names}>
          <span className={css.title}>
            <span className={css.name}>{service.name}</span> <span className={css.port}>:{service.port}</span>
            <MarkStar id={service.id} />
            {isDense && <OfferLine service={service} isDense />}
          </span>
          <span className={css.kind}>{kindText(service, words)}</span>
        </span>
      </button>
      <div className={css.lanes}>
        <LaneCell lane="public" view={publicLane(service, words)} inUse={service.local?.route === 'public'} />
        <TunnelCell service={service} />
      </div>
      <ServiceActions service={service} container={container} placement="row" />
      <RowDetail service={service} isDense={isDense} />
      {!isDense && (
        <div className={css.offer}>
          <OfferLine service={service} />
        </div>
      )}
    </li>
  );
});

function MarkStar({ id }: { readonly id: string }) {
  const { marks } = useWords().texts;
  const isMarked = useShell((shell) => shell.settings.marked.includes(id));
  return isMarked ? <Star className={css.star} role="img" aria-label={marks.marked} /> : null;
}

/** What it is, as far as anybody told: the program, the process, or only what it speaks. */
function kindText({ kindName, listens, protocol }: Service, { texts }: Words): string {
  return kindName ?? listens?.process ?? texts.service.protocol[protocol];
}

/** Only a countdown moves by itself. */
function TunnelCell({ service }: { readonly service: Service }) {
  const words = useWords();
  if (service.tunnel.state.kind === 'reconnecting') return <CountingTunnelCell service={service} />;
  return <LaneCell lane="tunnel" view={tunnelLane(service, words, 0)} inUse={usesTunnel(service)} />;
}

function CountingTunnelCell({ service }: { readonly service: Service }) {
  const view = tunnelLane(service, useWords(), useNow());
  return <LaneCell lane="tunnel" view={view} inUse={usesTunnel(service)} />;
}

const usesTunnel = (service: Service): boolean =>
  service.local === undefined
    ? service.protocol === 'tcp' && service.tunnel.state.kind === 'connected'
    : service.local.route === 'tunnel';

function RowDetail({ service, isDense }: { readonly service: Service; readonly isDense: boolean }) {
  const words = useWords();
  const { texts } = words;
  const { local, tunnel } = service;
  const address =
    local === undefined
      ? tunnel.local === undefined
        ? undefined
        : `${tunnel.local.host}:${tunnel.local.port}`
      : new URL(local.url).host;
  const finding = service.findings[0];
  const tone = finding === undefined ? 'info' : findingTones[finding.code];
  const isTrouble = tone !== 'info' && finding?.code !== 'open_to_anyone';
  // It is over until somebody does something about it.
  const failure = tunnel.state.kind === 'failed' ? words.error(tunnel.state.error) : undefined;
  const isBare = address === undefined && finding === undefined && service.exposed === undefined;
  if ((isBare || (isDense && !isTrouble)) && failure === undefined) return null;
  return (
    <div className={css.detail}>
      {address !== undefined && !isDense && (
        <span className={css.address}>
          <code {...dragOut(local?.url ?? address)}>{address}</code>
          <CopyButton text={local?.url ?? address} label={`${texts.copy.address}: ${service.name}`} />
          {local !== undefined && <span className={css.via}>{viaText()}</span>}
        </span>
      )}
      {finding !== undefined && finding.code !== 'open_to_anyone' && (
        <span className={css.finding} data-trouble={isTrouble}>
          {tone !== 'info' && <StateMark mark={tone} />}
          {texts.finding[finding.code]}
        </span>
      )}
      {failure !== undefined && (
        <span className={css.finding} data-trouble>
          <StateMark mark="down" />
          {failure}
        </span>
      )}
      <OpenMark service={service} />
    </div>
  );

  function viaText(): string {
    if (local?.route === undefined) return texts.services.noRoute;
    return local.route === 'public' ? texts.services.viaPublic : texts.services.viaTunnel;
  }
}
