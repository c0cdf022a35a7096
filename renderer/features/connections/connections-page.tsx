import { Download, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { useEngine } from '../../store/context.ts';
import { dialogs } from '../../store/dialogs.ts';
import { useWords } from '../../words/use-words.ts';
import { ConnectionDialog } from './connection-dialog.tsx';
import { ConnectionSection } from './connection-section.tsx';
import css from './connections.module.css';
import { ImportDialog } from './import-dialog.tsx';

/** Machines that are reached by SSH and belong to no platform. */
export function ConnectionsPage({ under = false }: { readonly under?: boolean }) {
  const { texts } = useWords();
  const { connections: said } = texts;
  const connections = useEngine((engine) => engine.connections);
  const linked = useStore(dialogs, ({ connection }) => connection);
  const [open, setOpen] = useState<'none' | 'add' | 'import'>('none');
  const list = Object.values(connections).sort((a, b) => a.name.localeCompare(b.name));
  useEffect(() => {
    if (linked !== undefined) setOpen('add');
  }, [linked]);
  const close = () => {
    setOpen('none');
    dialogs.getState().offerConnection(undefined);
  };

  return (
    <Page
      title={said.title}
      under={under}
      actions={
        <>
          <Button icon={<Download aria-hidden="true" />} onClick={() => setOpen('import')}>
            {said.import}
          </Button>
          <Button look="primary" icon={<Plus aria-hidden="true" />} onClick={() => setOpen('add')}>
            {said.add}
          </Button>
        </>
      }
    >
      {list.length === 0 ? (
        <Empty title={said.none} text={said.noneText} />
      ) : (
        <ul className={css.list}>
          {list.map((connection) => (
            <ConnectionSection key={connection.id} connection={connection} />
          ))}
        </ul>
      )}
      {open === 'add' && <ConnectionDialog linked={linked} onClose={close} />}
      {open === 'import' && <ImportDialog onClose={close} />}
    </Page>
  );
}
