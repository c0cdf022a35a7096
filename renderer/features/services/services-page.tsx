import { Plus } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { WhenNear } from '../../components/when-near.tsx';
import { show, useEngine, useShell } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import { looksLikeAddress, PastedAddress } from './pasted-address.tsx';
import { ServiceList } from './service-list.tsx';
import { groupServices, inOrderOf, reuseGroups, type ServiceGroup } from './service-order.ts';
import css from './services-page.module.css';

/** More services than this get one line each. */
const denseFrom = 24;

/** Home: every service of every container, with both lanes. */
export function ServicesPage() {
  const words = useWords();
  const { services: texts } = words.texts;
  const containers = useEngine((engine) => engine.containers);
  const services = useEngine((engine) => engine.services);
  const reach = useEngine(({ session }) => (session.kind === 'open' ? session.reach.kind : 'answered'));
  const [filter, setFilter] = useState('');
  const [isPointed, setIsPointed] = useState(false);
  const groups = useGroups(filter, isPointed);
  const isMany = Object.keys(services).length > denseFrom;
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
            onClick={() => show('new-service')}
          >
            {texts.add}
          </Button>
        </>
      }
    >
      {looksLikeAddress(filter) && <PastedAddress text={filter.trim()} />}
      <div
        data-dense={isMany}
        onPointerEnter={() => setIsPointed(true)}
        onPointerLeave={() => setIsPointed(false)}
      >
        {groups.map((group, index) => (
          <Near key={group.container.id} group={group} isMany={isMany} isFirst={index < firstGroups} />
        ))}
      </div>
      {groups.length === 0 && filter !== '' && (
        <Empty title={words.say(texts.noMatch, { text: filter.trim() })} />
      )}
      {!hasContainers &&
        (reach === 'asking' ? (
          <p className={css.loading} role="status">
            <StateMark mark="working" /> {texts.loading}
          </p>
        ) : (
          <Empty
            title={reach === 'failed' ? texts.unheard : texts.none}
            text={reach === 'failed' ? texts.unheardText : texts.noneText}
          />
        ))}
    </Page>
  );
}

/** Heights of a container's line with its margins, and of a service's line, in CSS pixels: good enough until they are drawn. */
const headPx = 54;
const rowPx = 36;

/** As many as a tall window shows at once, when each has one service left. */
const firstGroups = 12;

/** Of many, only those near what is seen are drawn. */
function Near({
  group,
  isMany,
  isFirst,
}: {
  readonly group: ServiceGroup;
  readonly isMany: boolean;
  readonly isFirst: boolean;
}) {
  const list = <ServiceList group={group} isDense={isMany} />;
  if (!isMany) return list;
  return (
    <WhenNear height={headPx + rowPx * group.services.length} isFirst={isFirst}>
      {list}
    </WhenNear>
  );
}

/** The list in its order; while it is pointed at, in the order that it had, so that nothing jumps under the pointer. */
function useGroups(filter: string, isHeld: boolean): readonly ServiceGroup[] {
  // A later render, in small parts: hundreds of changes a second must not hold up what a person does.
  const containers = useDeferredValue(useEngine((engine) => engine.containers));
  const services = useDeferredValue(useEngine((engine) => engine.services));
  const marked = useShell((shell) => shell.settings.marked);
  const shown = useRef<{ readonly filter: string; readonly groups: readonly ServiceGroup[] }>(undefined);
  const groups = useMemo(() => {
    const now = groupServices(containers, services, filter, marked);
    const before = shown.current;
    const ordered = isHeld && before?.filter === filter ? inOrderOf(before.groups, now) : now;
    return reuseGroups(before?.groups ?? [], ordered);
  }, [containers, services, filter, marked, isHeld]);
  useEffect(() => {
    shown.current = { filter, groups };
  }, [filter, groups]);
  return groups;
}
