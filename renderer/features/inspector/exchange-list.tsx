import { memo } from 'react';
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import { useEngine } from '../../store/context.ts';
import { milliseconds } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import css from './exchange-list.module.css';

/** One line for each request. */
export function ExchangeList({
  exchanges,
  chosen,
  onChoose,
  withService,
}: {
  readonly exchanges: readonly ExchangeSummary[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  /** Several services are listed together. */
  readonly withService: boolean;
}) {
  const { inspector: texts } = useWords().texts;
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col" className={css.at}>
            {texts.timeOfDay}
          </th>
          <th scope="col" className={css.method}>
            {texts.method}
          </th>
          <th scope="col">{texts.path}</th>
          <th scope="col" className={css.status}>
            {texts.status}
          </th>
          <th scope="col" className={css.route}>
            {texts.route}
          </th>
          <th scope="col" className={css.number}>
            {texts.size}
          </th>
          <th scope="col" className={css.number}>
            {texts.time}
          </th>
        </tr>
      </thead>
      <tbody>
        {exchanges.map((exchange) => (
          <ExchangeRow
            key={exchange.id}
            exchange={exchange}
            isChosen={exchange.id === chosen}
            onChoose={onChoose}
            withService={withService}
          />
        ))}
      </tbody>
    </table>
  );
}

const ExchangeRow = memo(function ExchangeRow({
  exchange,
  isChosen,
  onChoose,
  withService,
}: {
  readonly exchange: ExchangeSummary;
  readonly isChosen: boolean;
  readonly onChoose: (id: string) => void;
  readonly withService: boolean;
}) {
  const words = useWords();
  const { texts } = words;
  const { route, timing, state } = exchange;
  const service = useEngine((engine) => engine.services[exchange.serviceId]?.name);
  return (
    <tr className={css.row} data-chosen={isChosen} data-failed={isFailed(exchange)}>
      <td className={css.at}>{timeOfDay(exchange.startedAt, words.language)}</td>
      <td className={css.method}>
        {exchange.kind === 'websocket' ? texts.inspector.webSocket : exchange.method}
      </td>
      <td>
        <button type="button" className={css.path} onClick={() => onChoose(exchange.id)}>
          {withService && service !== undefined && <span className={css.service}>{service} </span>}
          {exchange.path}
        </button>
      </td>
      <td className={css.status}>{statusText()}</td>
      <td className={css.route}>
        {route !== undefined && <span className={css[route]}>{texts.service[route]}</span>}
        {exchange.sentAgain && <span data-hint={texts.inspector.sentAgain}> ↻</span>}
      </td>
      <td className={css.number}>{words.bytes(exchange.bytesDown)}</td>
      <td className={css.number}>
        {timing.totalMs === undefined ? '' : words.say(texts.lane.ms, { ms: milliseconds(timing.totalMs) })}
      </td>
    </tr>
  );

  function statusText(): string {
    if (state === 'open') return exchange.status === undefined ? '…' : `${exchange.status} …`;
    if (state === 'cut') return `${exchange.status ?? ''} ✂`.trim();
    return exchange.status === undefined ? '—' : String(exchange.status);
  }
});

/** `14:03:07` */
export const timeOfDay = (at: number, language: string): string =>
  new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' }).format(at);

const isFailed = ({ state, status }: ExchangeSummary): boolean =>
  state === 'failed' || state === 'cut' || (status !== undefined && status >= 400);
