import { useState } from 'react';
import type { LinkedConnection } from '../../../shared/contract/commands.ts';
import type { Connection, LoginKind } from '../../../shared/model/connection.ts';
import { Dialog, FormActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Select } from '../../components/select.tsx';
import { Switch } from '../../components/switch.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './connections.module.css';

/** Makes a connection from a pasted command or a form, or changes one. */
export function ConnectionDialog({
  connection,
  linked,
  onClose,
}: {
  readonly connection?: Connection;
  /** From a link: the form, filled in. */
  readonly linked?: LinkedConnection | undefined;
  readonly onClose: () => void;
}) {
  const { texts } = useWords();
  const { connections: said } = texts;
  const isNew = connection === undefined;
  const [how, setHow] = useState<'command' | 'form'>(isNew && linked === undefined ? 'command' : 'form');
  return (
    <Dialog open title={isNew ? said.addTitle : said.editTitle} onClose={onClose}>
      {isNew && (
        <Segmented
          label={said.how}
          value={how}
          onChange={setHow}
          options={[
            { value: 'command', text: said.byCommand },
            { value: 'form', text: said.byForm },
          ]}
        />
      )}
      {how === 'command' ? (
        <CommandForm onClose={onClose} />
      ) : (
        <ConnectionForm connection={connection} linked={linked} onClose={onClose} />
      )}
    </Dialog>
  );
}

function CommandForm({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const { connections: said } = words.texts;
  const paste = useAction('connections.paste');
  const [command, setCommand] = useState('');
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        void paste.run({ command, open: true }).then((made) => made.ok && onClose());
      }}
    >
      <Field
        label={said.paste}
        hint={said.pasteHint}
        value={command}
        onChange={(event) => {
          setCommand(event.target.value);
          paste.clear();
        }}
        error={paste.error === undefined ? undefined : words.error(paste.error)}
      />
      <FormActions action={said.pasteAction} busy={paste.running} onCancel={onClose} />
    </form>
  );
}

function ConnectionForm({
  connection,
  linked,
  onClose,
}: {
  readonly connection: Connection | undefined;
  readonly linked: LinkedConnection | undefined;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { connections: said } = words.texts;
  const others = useEngine((engine) => engine.connections);
  const save = useAction('connections.save');
  const start = connection ?? linked;
  const [typed, setTyped] = useState({
    name: start?.name ?? '',
    host: start?.host ?? '',
    port: start === undefined ? '' : String(start.port),
    user: start?.user ?? '',
    keyFiles: connection?.keyFiles?.join(', ') ?? '',
    via: connection?.via ?? '',
  });
  const [login, setLogin] = useState<LoginKind>(connection?.login ?? 'auto');
  const [old, setOld] = useState(connection?.old === true);
  const { error } = save;
  const field = (name: 'name' | 'host' | 'port' | 'user' | 'keyFiles') => ({
    label: said[name],
    value: typed[name],
    onChange: (event: { readonly target: { readonly value: string } }) => {
      const { value } = event.target;
      setTyped((before) => ({ ...before, [name]: value }));
      save.clear();
    },
    error: error?.field === name ? words.error(error) : undefined,
  });
  const isAtField = ['name', 'host', 'port', 'user', 'keyFiles'].includes(error?.field ?? '');
  const jumps = Object.values(others).filter(({ id }) => id !== connection?.id);
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        const id = connection?.id;
        void save
          .run({ ...(id === undefined ? {} : { id }), ...typed, login, old })
          .then((saved) => saved.ok && onClose());
      }}
    >
      <div className={css.pair}>
        <Field {...field('host')} />
        <Field {...field('port')} inputMode="numeric" placeholder="22" />
      </div>
      <Field {...field('user')} hint={said.userHint} />
      <Select
        label={said.login}
        value={login}
        onChange={setLogin}
        options={(['auto', 'agent', 'key', 'password', 'questions'] as const).map((value) => ({
          value,
          text: said.logins[value],
        }))}
      />
      {(login === 'key' || login === 'auto') && <Field {...field('keyFiles')} hint={said.keyFilesHint} />}
      {jumps.length > 0 && (
        <Select
          label={said.via}
          value={typed.via}
          onChange={(via) => setTyped((before) => ({ ...before, via }))}
          options={[
            { value: '', text: said.direct },
            ...jumps.map(({ id, name }) => ({ value: id, text: name })),
          ]}
        />
      )}
      <Field {...field('name')} hint={said.nameHint} />
      <Switch label={said.old} hint={said.oldHint} checked={old} onChange={setOld} />
      {error !== undefined && !isAtField && <ErrorNotice live error={error} />}
      <FormActions action={said.save} busy={save.running} onCancel={onClose} />
    </form>
  );
}
