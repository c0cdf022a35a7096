import { Ellipsis, Plus, RefreshCw } from 'lucide-react';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import type { Container } from '../../../shared/model/container.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Menu } from '../../components/menu.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { WhenNear } from '../../components/when-near.tsx';
import { go, show, useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useHeldOrder } from '../../store/use-held-order.ts';
import { useWords } from '../../words/use-words.ts';
import { useContainerActions } from './container-actions.tsx';
import { ContainerLine } from './container-line.tsx';
import css from './containers-page.module.css';
import { countServices, listContainers, type Only } from './list-containers.ts';

/** How high a row is with its line, in CSS pixels, and how many of them a tall window shows at once. */
const rowPx = 53;
const firstRows = 24;

const idOf = ({ id }: Container) => id;

/** All containers of the account, running ones first. Of many, only those near what is seen are drawn. */
export function ContainersPage() {
  const words = useWords();
  const { texts } = words;
  // A later render, in small parts: a busy platform must not hold up what a person does.
  const containers = useDeferredValue(useEngine((engine) => engine.containers));
  const services = useDeferredValue(useEngine((engine) => engine.services));
  const counts = useMemo(() => countServices(Object.values(services)), [services]);
  const refresh = useAction('containers.refresh');
  const isUnheard = useEngine(({ session }) => session.kind === 'open' && session.reach.kind === 'failed');
  const more = useEngine(({ session }) =>
    session.kind === 'open' && session.reach.kind === 'answered' ? (session.reach.more ?? 0) : 0,
  );
  const [filter, setFilter] = useState('');
  const [only, setOnly] = useState<Only>('all');
  const listed = useMemo(
    () => listContainers(Object.values(containers), filter, only),
    [containers, filter, only],
  );
  const { shown, hold } = useHeldOrder(listed, idOf, { key: `${only} ${filter}` });
  const hasAny = Object.keys(containers).length > 0;
  return (
    <Page
      title={texts.containers.title}
      actions={
        <>
          <Button icon={<Plus aria-hidden="true" />} onClick={() => show('new-container')}>
            {texts.creation.action}
          </Button>
          {refresh.running && (
            <Button look="quiet" onClick={refresh.cancel}>
              {texts.app.cancel}
            </Button>
          )}
          <Button
            icon={<RefreshCw aria-hidden="true" />}
            busy={refresh.running}
            onClick={() => void refresh.run({})}
          >
            {texts.containers.refresh}
          </Button>
        </>
      }
    >
      {hasAny && (
        <div className={css.bar}>
          <SearchField label={texts.containerList.filter} value={filter} onChange={setFilter} />
          <Segmented<Only>
            label={texts.containerList.filter}
            value={only}
            onChange={setOnly}
            options={[
              { value: 'all', text: texts.containerList.all },
              { value: 'running', text: texts.containerList.running },
              { value: 'ended', text: texts.containerList.ended },
            ]}
          />
        </div>
      )}
      {hasAny && shown.length === 0 && <Empty title={texts.containerList.noMatch} />}
      {!hasAny && (
        <Empty
          title={isUnheard ? texts.services.unheard : texts.containers.none}
          text={isUnheard ? texts.services.unheardText : texts.containers.noneText}
        />
      )}
      {shown.length > 0 && (
        <ul className={css.list} {...hold}>
          {shown.map((container, index) => (
            <WhenNear
              key={container.id}
              as="li"
              className={css.row}
              label={container.name}
              height={rowPx}
              isFirst={index < firstRows}
            >
              <ContainerRow container={container} count={counts.get(container.id) ?? 0} />
            </WhenNear>
          ))}
        </ul>
      )}
      {more > 0 && <p className={css.more}>{words.say(texts.containerList.more, { n: more })}</p>}
    </Page>
  );
}

const ContainerRow = memo(function ContainerRow({
  container,
  count,
}: {
  readonly container: Container;
  /** Services that are known in it. */
  readonly count: number;
}) {
  const words = useWords();
  const { texts } = words;
  const { entries, dialogs } = useContainerActions(container);
  return (
    <>
      <button
        type="button"
        className={css.container}
        onClick={() => go({ kind: 'container', id: container.id })}
      >
        <span className={css.name}>{container.name}</span>
        <ContainerLine container={container} />
      </button>
      <span className={css.machine}>{container.resource}</span>
      <span className={css.count}>
        {count === 1 ? texts.containers.oneService : words.say(texts.containers.serviceCount, { n: count })}
      </span>
      <Menu
        ofMany
        trigger={
          <IconButton label={`${texts.app.more}: ${container.name}`}>
            <Ellipsis />
          </IconButton>
        }
        entries={entries}
      />
      {container.problem !== undefined && (
        <div className={css.problem}>
          <ErrorNotice error={container.problem} />
        </div>
      )}
      {dialogs}
    </>
  );
});
