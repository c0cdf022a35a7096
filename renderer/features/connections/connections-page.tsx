import { Download, Plus } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { show, useEngine } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import { ConnectionSection } from './connection-section.tsx';
import css from './connections.module.css';

/** Machines that are reached by SSH and belong to no platform. */
export function ConnectionsPage({ under = false }: { readonly under?: boolean }) {
  const { texts } = useWords();
  const { connections: said } = texts;
  const connections = useEngine((engine) => engine.connections);
  const list = Object.values(connections).sort((a, b) => a.name.localeCompare(b.name));

  return (
    <Page
      title={said.title}
      under={under}
      actions={
        <>
          <Button icon={<Download aria-hidden="true" />} onClick={() => show('new-connections')}>
            {said.import}
          </Button>
          <Button look="primary" icon={<Plus aria-hidden="true" />} onClick={() => show('new-connection')}>
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
    </Page>
  );
}
