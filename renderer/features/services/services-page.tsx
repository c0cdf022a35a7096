import { Plus } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useEngine, useShell } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import { AddServiceDialog } from './add-service-dialog.tsx';
import { looksLikeAddress, PastedAddress } from './pasted-address.tsx';
import { ServiceList } from './service-list.tsx';
import { groupServices, inOrderOf, type ServiceGroup } from './service-order.ts';
import css from './services-page.module.css';

/** More services than this get one line each. */
const denseFrom = 24;

/** Home: every service of every container, with both lanes. */
export function ServicesPage() {
  const words = useWords();
  const { services: texts } = words.texts;
  const containers = useEngine((engine) => engine.containers);
  const services = useEngine((engine) => engine.services);
  const isAsking = useEngine(
    (engine) => engine.session.kind === 'open' && engine.session.reach.kind === 'asking',
  );
  const [filter, setFilter] = useState('');
  const [isAdding, setIsAdding] = useState(false);
  const [isPointed, setIsPointed] = useState(false);
  const groups = useGroups(filter, isPointed);
  const hasContainers = Object.keys(containers).length > 0;

  return (
    <Page
      title={texts.title}
      actions={
        <>
          <SearchField label={texts.filter} value={filter} onChange={setFilter} />
          <Button
            icon={<Plus aria-hidden="true" />}
            disabled={!hasContainers}
            onClick={() => setIsAdding(true)}
          >
            {texts.add}
          </Button>
        </>
      }
    >
      {looksLikeAddress(filter) && <PastedAddress text={filter.trim()} />}
      <div
        data-dense={Object.keys(services).length > denseFrom}
        onPointerEnter={() => setIsPointed(true)}
        onPointerLeave={() => setIsPointed(false)}
      >
        {groups.map((group) => (
          <ServiceList key={group.container.id} group={group} />
        ))}
      </div>
      {groups.length === 0 && filter !== '' && (
        <Empty title={words.say(texts.noMatch, { text: filter.trim() })} />
      )}
      {!hasContainers &&
        (isAsking ? (
          <p className={css.loading} role="status">
            <StateMark mark="working" /> {texts.loading}
          </p>
        ) : (
          <Empty title={texts.none} text={texts.noneText} />
        ))}
      {isAdding && <AddServiceDialog onClose={() => setIsAdding(false)} />}
    </Page>
  );
}

/** The list in its order; while it is pointed at, in the order that it had, so that nothing jumps under the pointer. */
function useGroups(filter: string, isHeld: boolean): readonly ServiceGroup[] {
  const containers = useEngine((engine) => engine.containers);
  const services = useEngine((engine) => engine.services);
  const marked = useShell((shell) => shell.settings.marked);
  const shown = useRef<{ readonly filter: string; readonly groups: readonly ServiceGroup[] }>(undefined);
  const groups = useMemo(() => {
    const now = groupServices(containers, services, filter, marked);
    const before = shown.current;
    return isHeld && before?.filter === filter ? inOrderOf(before.groups, now) : now;
  }, [containers, services, filter, marked, isHeld]);
  useEffect(() => {
    shown.current = { filter, groups };
  }, [filter, groups]);
  return groups;
}
