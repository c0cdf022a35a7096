import { Star } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import type { Container } from '../../../shared/model/container.ts';
import type { Service } from '../../../shared/model/service.ts';
import { findingTones } from '../../../shared/verdicts/tone.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { dragOut } from '../../components/drag-out.ts';
import { StateMark } from '../../components/state-mark.tsx';
import { go, useEngine, useShell } from '../../store/context.ts';
import { useNow } from '../../store/now.ts';
import { useWords, type Words } from '../../words/use-words.ts';
import { OpenMark } from '../exposure/index.ts';
import { LaneCell, publicLane, tunnelLane } from '../lanes/index.ts';
import { OfferLine } from '../offers/index.ts';
import { useProgramAddress } from '../program-address/index.ts';
import { listView, toggleIn } from './list-view.ts';
import { ServiceActions } from './service-actions.tsx';
import { ServiceIcon } from './service-icon.tsx';
import css from './service-row.module.css';

/** One service, at one height whatever is so: two lines of 64 px together, or one of 32. */
export const ServiceRow = memo(function ServiceRow({
  service,
  container,
  isDense = false,
  isGone = false,
  canPick = false,
}: {
  readonly service: Service;
  readonly container: Container;
  readonly isDense?: boolean;
  /** It is no longer there, and keeps its place under a hand. */
  readonly isGone?: boolean;
  /** It can be selected with others. */
  readonly canPick?: boolean;
}) {
  const words = useWords();
  return (
    <li
      className={css.row}
      aria-label={service.name}
      data-service={service.id}
      data-gone={isGone}
      inert={isGone}
    >
      {canPick && <Pick service={service} />}
      <button type="button" className={css.service} onClick={() => go({ kind: 'service', id: service.id })}>
        <span className={css.icon}>
          <ServiceIcon service={service} />
        </span>
        <span className={css.names}>
          <span className={css.title}>
            <span className={css.name}>{service.name}</span>
            <span className={css.port}>:{service.port}</span>
            <MarkStar id={service.id} />
            {isDense && <Flags service={service} />}
          </span>
          <span className={css.kind}>{kindText(service, words)}</span>
        </span>
      </button>
      <div className={css.lanes}>
        <LaneCell lane="public" view={publicLane(service, words)} inUse={service.local?.route === 'public'} />
        <TunnelCell service={service} />
      </div>
      <div className={css.detail}>
        <RowAddress service={service} />
        {!isDense && <RowDetail service={service} />}
      </div>
      <ServiceActions service={service} container={container} placement="row" />
    </li>
  );
});

/** Over its icon while it is pointed at, while it has the focus, and while others are selected. */
function Pick({ service }: { readonly service: Service }) {
  const { services: texts } = useWords().texts;
  const isPicked = useStore(listView, (view) => view.selected.has(service.id));
  const picks = useStore(listView, (view) => view.selected.size > 0);
  return (
    <label className={css.pick} data-shown={picks}>
      <input
        type="checkbox"
        checked={isPicked}
        aria-label={`${texts.select} ${service.name}`}
        onChange={() => toggleIn('selected', service.id)}
      />
    </label>
  );
}

/** In one line: what is wrong, as a mark that says it when it is pointed at; and whether it was just found. */
function Flags({ service }: { readonly service: Service }) {
  const words = useWords();
  const trouble = troubleOf(service, words);
  return (
    <>
      {trouble !== undefined && (
        <span className={css.flag} role="img" aria-label={trouble.text} data-hint={trouble.text}>
          <StateMark mark={trouble.mark} />
        </span>
      )}
      <OfferLine service={service} isDense />
    </>
  );
}

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

function RowAddress({ service }: { readonly service: Service }) {
  const { texts } = useWords();
  const { local, tunnel } = service;
  const makeText = useProgramAddress(service);
  const address =
    local === undefined
      ? tunnel.local === undefined
        ? undefined
        : `${tunnel.local.host}:${tunnel.local.port}`
      : new URL(local.url).host;
  if (address === undefined) return null;
  return (
    <span className={css.address}>
      <code {...dragOut(local?.url ?? address)}>{address}</code>
      <CopyButton
        text={local?.url ?? address}
        label={`${texts.copy.address}: ${service.name}`}
        makeText={local === undefined ? undefined : makeText}
      />
    </span>
  );
}

/** The one thing beside the address that matters most: what is wrong, that it is open, that it was just found, what is so. */
function RowDetail({ service }: { readonly service: Service }) {
  const words = useWords();
  const trouble = troubleOf(service, words);
  const isFound = useEngine((engine) => Object.hasOwn(engine.offers, service.id));
  if (trouble !== undefined)
    return (
      <span className={css.finding} data-trouble data-hint={trouble.text} data-hint-if-cut="">
        <StateMark mark={trouble.mark} />
        <span className={css.cut}>{trouble.text}</span>
      </span>
    );
  if (service.exposed !== undefined || service.gate !== undefined) return <OpenMark service={service} />;
  if (isFound) return <OfferLine service={service} />;
  const finding = service.findings[0];
  if (finding === undefined) return null;
  const text = words.texts.finding[finding.code];
  return (
    <span className={css.finding} data-hint={text} data-hint-if-cut="">
      <span className={css.cut}>{text}</span>
    </span>
  );
}

/** What is wrong with it, most telling first; a tunnel that failed is over until somebody does something about it. */
function troubleOf(
  { findings, tunnel }: Service,
  words: Words,
): { readonly text: string; readonly mark: 'warn' | 'down' } | undefined {
  if (tunnel.state.kind === 'failed') return { text: words.error(tunnel.state.error), mark: 'down' };
  for (const { code } of findings) {
    const tone = findingTones[code];
    if (tone !== 'info' && code !== 'open_to_anyone') return { text: words.texts.finding[code], mark: tone };
  }
  return undefined;
}
