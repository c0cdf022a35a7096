import { Cable, Ellipsis, Pencil, RotateCw, Trash2, Unplug } from 'lucide-react';
import { useState } from 'react';
import type { Connection, Forward } from '../../../shared/model/connection.ts';
import { Address } from '../../components/address.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { Menu } from '../../components/menu.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useNow } from '../../store/now.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { useRemoval } from '../toasts/index.ts';
import { forwardText, forwardView, isSaidAbove, withPort } from './connection-view.ts';
import css from './connections.module.css';
import { ForwardForm } from './forward-form.tsx';

/** One forward: where it listens, where it leads, whether it works, and what went through it. */
export function ForwardRow({
  connection,
  forward,
}: {
  readonly connection: Connection;
  readonly forward: Forward;
}) {
  const words = useWords();
  const { forwards: said, lane, copy, app } = words.texts;
  const now = useNow();
  const open = useAction('forwards.open');
  const close = useAction('forwards.close');
  const remove = useRemoval('forwards.remove');
  const retry = useAction('forwards.retry');
  const [isEditing, setIsEditing] = useState(false);
  const { id, direction, tunnel } = forward;
  const view = forwardView(forward, words, now);
  const text = forwardText(forward);
  const { state, traffic, figures } = tunnel;
  const isClosed = state.kind === 'closed';
  const mayRetry = state.kind === 'reconnecting' || state.kind === 'failed' || state.kind === 'unanswered';
  // One dead server says its sentence once, at the connection.
  const isOfServer = view.error !== undefined && isSaidAbove(connection, view.error);
  const error =
    (isOfServer ? undefined : view.error) ?? open.error ?? close.error ?? remove.error ?? retry.error;
  const free = error?.code === 'local_port_busy' ? error.params?.free : undefined;
  const move = useAction('forwards.save');

  return (
    <li className={css.forward} aria-label={text}>
      <span className={css.direction}>{said.directions[direction]}</span>
      <code className={css.spec}>{text}</code>
      <span className={css.state}>
        <StateMark mark={view.mark} /> {view.text}
      </span>
      <span className={css.buttons}>
        {mayRetry && (
          <Button
            icon={<RotateCw aria-hidden="true" />}
            aria-label={`${said.retry} ${text}`}
            busy={retry.running}
            onClick={() => void retry.run({ id })}
          >
            {said.retry}
          </Button>
        )}
        <Button
          icon={isClosed ? <Cable aria-hidden="true" /> : <Unplug aria-hidden="true" />}
          aria-label={`${isClosed ? said.open : said.close} ${text}`}
          busy={open.running || close.running}
          onClick={() => void (isClosed ? open.run({ id }) : close.run({ id }))}
        >
          {isClosed ? said.open : said.close}
        </Button>
        <Menu
          trigger={
            <IconButton label={`${app.more}: ${text}`}>
              <Ellipsis />
            </IconButton>
          }
          entries={[
            { text: said.edit, icon: <Pencil />, onChoose: () => setIsEditing(true) },
            {
              text: said.remove,
              icon: <Trash2 />,
              danger: true,
              onChoose: () => void remove.run({ id }, text),
            },
          ]}
        />
      </span>
      {traffic !== undefined && (
        <span className={css.figures}>
          {words.say(lane.traffic, {
            up: words.bytes(traffic.bytesUp),
            down: words.bytes(traffic.bytesDown),
            open: traffic.open,
          })}
          {figures !== undefined && figures.rateUp + figures.rateDown > 0 && (
            <span>
              {words.say(said.rate, { up: words.bytes(figures.rateUp), down: words.bytes(figures.rateDown) })}
            </span>
          )}
          {tunnel.command !== undefined && (
            <Address text={tunnel.command} copyLabel={`${copy.command}: ${text}`} />
          )}
        </span>
      )}
      {isEditing && (
        <ForwardForm connectionId={connection.id} forward={forward} onClose={() => setIsEditing(false)} />
      )}
      {error !== undefined && (
        <p className={css.error} role="alert">
          {words.error(error)}
          {typeof free === 'number' && (
            <Button
              busy={move.running}
              onClick={() =>
                void move.run({
                  connectionId: connection.id,
                  id,
                  direction,
                  forward: withPort(text, free, direction),
                  confirmed: forward.confirmed === true,
                })
              }
            >
              {words.say(said.usePort, { port: free })}
            </Button>
          )}
        </p>
      )}
    </li>
  );
}
