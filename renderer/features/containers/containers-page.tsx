import { Ellipsis, RefreshCw } from 'lucide-react';
import type { Container } from '../../../shared/model/container.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Menu } from '../../components/menu.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { go, useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { useContainerActions } from './container-actions.tsx';
import { ContainerLine } from './container-line.tsx';
import css from './containers-page.module.css';

/** All containers of the account, running ones first. */
export function ContainersPage() {
  const { texts } = useWords();
  const containers = useEngine((engine) => engine.containers);
  const refresh = useAction('containers.refresh');
  const sorted = Object.values(containers).sort(
    (a, b) =>
      Number(b.status.kind === 'running') - Number(a.status.kind === 'running') ||
      a.name.localeCompare(b.name),
  );
  return (
    <Page
      title={texts.containers.title}
      actions={
        <Button
          icon={<RefreshCw aria-hidden="true" />}
          busy={refresh.running}
          onClick={() => void refresh.run({})}
        >
          {texts.containers.refresh}
        </Button>
      }
    >
      {sorted.length === 0 ? (
        <Empty title={texts.containers.none} text={texts.containers.noneText} />
      ) : (
        <ul className={css.list}>
          {sorted.map((container) => (
            <ContainerRow key={container.id} container={container} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function ContainerRow({ container }: { readonly container: Container }) {
  const words = useWords();
  const { texts } = words;
  const { entries, dialogs } = useContainerActions(container);
  const count = useEngine(
    (engine) =>
      Object.values(engine.services).filter(({ containerId }) => containerId === container.id).length,
  );
  return (
    <li className={css.row} aria-label={container.name}>
      <button
        type="button"
        className={css.container}
        onClick={() => go({ kind: 'container', id: container.id })}
      >
        <span className={css.name}>{container.name}</span>
        <ContainerLine container={container} />
      </button>
      <span className={css.machine}>{container.resource}</span>
      <span className={css.count}>{words.say(texts.containers.serviceCount, { n: count })}</span>
      <Menu
        trigger={
          <IconButton label={`${texts.app.more}: ${container.name}`}>
            <Ellipsis />
          </IconButton>
        }
        entries={entries}
      />
      {container.problem !== undefined && (
        <div className={css.problem}>
          <Notice tone="down">{words.error(container.problem)}</Notice>
        </div>
      )}
      {dialogs}
    </li>
  );
}
