import { Ellipsis, Pencil, Plug, Plus, Trash2, Unplug } from 'lucide-react';
import { useState } from 'react';
import type { Connection } from '../../../shared/model/connection.ts';
import { Address } from '../../components/address.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Menu } from '../../components/menu.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { useRemoval } from '../toasts/index.ts';
import { ConnectionDialog } from './connection-dialog.tsx';
import { ConnectionNeedForm } from './connection-need.tsx';
import { connectionView } from './connection-view.ts';
import css from './connections.module.css';
import { ForwardForm } from './forward-form.tsx';
import { ForwardRow } from './forward-row.tsx';
import { NotTakenNotice } from './not-taken.tsx';

/** One connection: its state, what it waits for, what it forwards. */
export function ConnectionSection({ connection }: { readonly connection: Connection }) {
  const words = useWords();
  const { connections: said, forwards, app } = words.texts;
  const connect = useAction('connections.connect');
  const disconnect = useAction('connections.disconnect');
  const remove = useRemoval('connections.remove');
  const [open, setOpen] = useState<'none' | 'edit' | 'forward'>('none');
  const { id, name, user, host, port, state, need } = connection;
  const view = connectionView(connection, words);
  const isUp = state.kind === 'connected' || state.kind === 'connecting';
  const error = view.error ?? remove.error ?? disconnect.error;
  const close = () => setOpen('none');

  return (
    <li className={css.connection} aria-label={name}>
      <div className={css.head}>
        <div className={css.titles}>
          <h2 className={css.name}>{name}</h2>
          <span className={css.place}>
            {user}@{host}:{port}
          </span>
        </div>
        <span className={css.state}>
          <StateMark mark={view.mark} /> {view.text}
        </span>
        {isUp ? (
          <Button
            icon={<Unplug aria-hidden="true" />}
            aria-label={`${said.disconnect} ${name}`}
            busy={disconnect.running}
            onClick={() => void disconnect.run({ id })}
          >
            {said.disconnect}
          </Button>
        ) : (
          <Button
            icon={<Plug aria-hidden="true" />}
            aria-label={`${said.connect} ${name}`}
            busy={connect.running}
            onClick={() => void connect.run({ id })}
          >
            {said.connect}
          </Button>
        )}
        <Menu
          trigger={
            <IconButton label={`${app.more}: ${name}`}>
              <Ellipsis />
            </IconButton>
          }
          entries={[
            { text: said.edit, icon: <Pencil />, onChoose: () => setOpen('edit') },
            {
              text: said.remove,
              icon: <Trash2 />,
              danger: true,
              apart: true,
              onChoose: () => void remove.run({ id }, name),
            },
          ]}
        />
      </div>
      {connection.notTaken !== undefined && (
        <NotTakenNotice connection={connection} notTaken={connection.notTaken} />
      )}
      {need !== undefined && <ConnectionNeedForm key={need.kind} connection={connection} need={need} />}
      {error !== undefined && (
        <ErrorNotice
          live
          error={error}
          actions={
            <Button look="quiet" aria-label={`${said.edit} ${name}`} onClick={() => setOpen('edit')}>
              {said.edit}
            </Button>
          }
        />
      )}
      {connection.forwards.length === 0 && open !== 'forward' && <p className={css.soft}>{forwards.none}</p>}
      {connection.forwards.length > 0 && (
        <ul className={css.forwards} aria-label={words.say(forwards.title, { name })}>
          {connection.forwards.map((forward) => (
            <ForwardRow key={forward.id} connection={connection} forward={forward} />
          ))}
        </ul>
      )}
      {open === 'forward' && <ForwardForm connectionId={id} onClose={close} />}
      <div className={css.foot}>
        {open !== 'forward' && (
          <Button
            look="quiet"
            icon={<Plus aria-hidden="true" />}
            aria-label={`${forwards.add}: ${name}`}
            onClick={() => setOpen('forward')}
          >
            {forwards.add}
          </Button>
        )}
        <Address text={connection.command} copyLabel={`${said.command}: ${name}`} />
      </div>
      {open === 'edit' && <ConnectionDialog connection={connection} onClose={close} />}
    </li>
  );
}
