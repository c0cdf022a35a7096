import type { ReactNode } from 'react';
import type { Container } from '../../../shared/model/container.ts';
import type { Service } from '../../../shared/model/service.ts';
import { Address } from '../../components/address.tsx';
import { useWords } from '../../words/use-words.ts';
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
  const { listens, tunnel } = service;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [texts.kind, service.kindName ?? texts.notSeen],
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
    ...(tunnel.command === undefined
      ? []
      : [[texts.command, <Address key="command" text={tunnel.command} copyLabel={copy.command} />] as const]),
  ];
  return (
    <dl className={css.facts}>
      {rows.map(([name, value]) => (
        <div key={name} className={css.row}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
