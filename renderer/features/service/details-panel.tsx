import type { ReactNode } from 'react';
import type { Container } from '../../../shared/model/container.ts';
import type { Service, TunnelFigures } from '../../../shared/model/service.ts';
import { Address } from '../../components/address.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Switch } from '../../components/switch.tsx';
import { useNow } from '../../store/now.ts';
import { useChoice } from '../../store/use-choice.ts';
import { milliseconds } from '../../words/format.ts';
import { useWords, type Words } from '../../words/use-words.ts';
import css from './details-panel.module.css';

/** What is known of a service beyond its lanes. */
export function DetailsPanel({
  service,
  container,
}: {
  readonly service: Service;
  readonly container: Container;
}) {
  const words = useWords();
  const { service: texts, lane, copy } = words.texts;
  const now = useNow();
  const { listens, tunnel } = service;
  const alone = useChoice('services.leaveAlone', service.isLeftAlone === true, (on) => ({
    serviceId: service.id,
    alone: on,
  }));
  const rows: readonly (readonly [string, ReactNode])[] = [
    [texts.kind, service.kindName ?? texts.protocol[service.protocol]],
    [
      texts.listens,
      listens === undefined
        ? texts.notSeen
        : listens.bind === 'any'
          ? texts.listensAny
          : texts.listensLoopback,
    ],
    [texts.process, listens?.process ?? texts.notSeen],
    [texts.container, container.name],
    ...(tunnel.traffic === undefined
      ? []
      : [
          [
            texts.traffic,
            words.say(lane.traffic, {
              up: words.bytes(tunnel.traffic.bytesUp),
              down: words.bytes(tunnel.traffic.bytesDown),
              open: tunnel.traffic.open,
            }),
          ] as const,
        ]),
    ...(tunnel.survival === undefined
      ? []
      : [[words.texts.survival.title, <SurvivalRow key="survival" service={service} />] as const]),
    ...figureRows(tunnel.figures, words, now),
    ...(tunnel.command === undefined
      ? []
      : [[texts.command, <Address key="command" text={tunnel.command} copyLabel={copy.command} />] as const]),
  ];
  return (
    <>
      <dl className={css.facts}>
        {rows.map(([name, value]) => (
          <div key={name} className={css.row}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label={texts.leaveAlone}
        hint={texts.leaveAloneText}
        checked={alone.shown}
        onChange={alone.choose}
      />
      {alone.error !== undefined && <ErrorNotice live error={alone.error} />}
    </>
  );
}

/** Whether connections outlive a lost link, and the one switch for it. */
function SurvivalRow({ service }: { readonly service: Service }) {
  const { survival: texts } = useWords().texts;
  const state = service.tunnel.survival ?? 'off';
  const survives = useChoice('tunnels.survive', state !== 'off', (on) => ({ serviceId: service.id, on }));
  return (
    <>
      <Switch label={texts.turn} hint={texts[state]} checked={survives.shown} onChange={survives.choose} />
      {survives.error !== undefined && <ErrorNotice live error={survives.error} />}
    </>
  );
}

/** What can be seen of the tunnel while it is open. */
function figureRows(
  figures: TunnelFigures | undefined,
  words: Words,
  now: number,
): readonly (readonly [string, ReactNode])[] {
  if (figures === undefined) return [];
  const { forwards: said, lane } = words.texts;
  const { rateUp, rateDown, roundTripMs, upSince, lastErrors } = figures;
  const rate = words.say(said.rate, { up: words.bytes(rateUp), down: words.bytes(rateDown) });
  const sentences = lastErrors.map(({ at, error }) =>
    words.say(said.ago, { age: words.age(Math.max(0, now - at)), text: words.error(error) }),
  );
  return [
    [said.rateTitle, rate],
    ...(roundTripMs === undefined
      ? []
      : [[said.roundTrip, words.say(lane.ms, { ms: milliseconds(roundTripMs) })] as const]),
    ...(upSince === undefined ? [] : [[said.uptime, words.age(Math.max(0, now - upSince))] as const]),
    ...(sentences.length === 0 ? [] : [[said.lastErrors, sentences.join(words.gap)] as const]),
  ];
}
