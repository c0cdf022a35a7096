import { Plus } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { WhenNear } from '../../components/when-near.tsx';
import { show, useEngine, useShell } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import { type Hand, holdGroups } from './hold-groups.ts';
import { ListTools } from './list-tools.tsx';
import { filterBy, listView } from './list-view.ts';
import { looksLikeAddress, PastedAddress } from './pasted-address.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { ServiceList } from './service-list.tsx';
import {
  groupServices,
  isFiltered,
  launchedIds,
  noFilter,
  reuseGroups,
  type ServiceGroup,
} from './service-order.ts';
import css from './services-page.module.css';
import { useHand } from './use-hand.ts';

/** More services than this get one line each, where a person did not choose. */
const denseFrom = 24;

/** Home: every service of every container, with both lanes. */
export function ServicesPage() {
  const words = useWords();
  const { services: texts } = words.texts;
  const containers = useEngine((engine) => engine.containers);
  const count = useEngine((engine) => Object.keys(engine.services).length);
  const reach = useEngine(({ session }) => (session.kind === 'open' ? session.reach.kind : 'answered'));
  const filter = useStore(listView, (view) => view.filter);
  const { hand, released, rest } = useHand();
  const { groups, moreContainers } = useGroups(hand, released);
  const isDense = useIsDense(count, hand);
  const isMany = count > denseFrom || groups.length > denseFrom;
  const hasContainers = Object.keys(containers).length > 0;

  return (
    <Page
      title={texts.title}
      actions={
        <>
          <SearchField label={texts.filter} value={filter.text} onChange={(text) => filterBy({ text })} />
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
      {looksLikeAddress(filter.text) && <PastedAddress text={filter.text.trim()} />}
      {hasContainers && <ListTools isDense={isDense} />}
      <div data-dense={isDense} {...rest}>
        {groups.map((group, index) => (
          <Near
            key={group.container.id}
            group={group}
            isMany={isMany}
            isDense={isDense}
            isFirst={index < firstGroups}
          />
        ))}
      </div>
      {moreContainers > 0 && (
        <p className={css.more}>
          {words.say(texts.moreContainers, { n: moreContainers.toLocaleString(words.language) })}
        </p>
      )}
      {groups.length === 0 && isFiltered(filter) && (
        <Empty
          title={
            filter.text.trim() === ''
              ? texts.noneLikeThat
              : words.say(texts.noMatch, { text: filter.text.trim() })
          }
        >
          <Button onClick={() => filterBy(noFilter)}>{texts.showAll}</Button>
        </Empty>
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
      <SelectionBar />
    </Page>
  );
}

/** Heights of a container's line with its margins, and of rows, in CSS pixels, as the style sheets have them. */
const headPx = 54;
const rowPx = { comfortable: 65, dense: 33 } as const;

/** As many as a tall window shows at once, when each has one service left. */
const firstGroups = 12;

/** Of many, only those near what is seen are drawn. */
function Near({
  group,
  isMany,
  isDense,
  isFirst,
}: {
  readonly group: ServiceGroup;
  readonly isMany: boolean;
  readonly isDense: boolean;
  readonly isFirst: boolean;
}) {
  const list = <ServiceList group={group} isDense={isDense} />;
  if (!isMany) return list;
  const row = isDense ? rowPx.dense : rowPx.comfortable;
  return (
    <WhenNear height={headPx + row * group.services.length} isFirst={isFirst}>
      {list}
    </WhenNear>
  );
}

/** As the person chose; where they did not, by their number, and never while a hand rests on the list. */
function useIsDense(count: number, hand: () => Hand | undefined): boolean {
  const density = useShell((shell) => shell.settings.density);
  const last = useRef<boolean>(undefined);
  const wanted = density === 'auto' ? count > denseFrom : density === 'dense';
  const isHeld = density === 'auto' && last.current !== undefined && hand() !== undefined;
  const isDense = isHeld ? (last.current ?? wanted) : wanted;
  useEffect(() => {
    last.current = isDense;
  }, [isDense]);
  return isDense;
}

/** The list in its order; under a hand nothing in it changes its place. */
function useGroups(
  hand: () => Hand | undefined,
  released: number,
): { readonly groups: readonly ServiceGroup[]; readonly moreContainers: number } {
  // A later render, in small parts: hundreds of changes a second must not hold up what a person does.
  const containers = useDeferredValue(useEngine((engine) => engine.containers));
  const services = useDeferredValue(useEngine((engine) => engine.services));
  const launched = useDeferredValue(useEngine(launchedIds));
  const marked = useShell((shell) => shell.settings.marked);
  const filter = useStore(listView, (view) => view.filter);
  const shown = useRef<{ readonly filter: typeof filter; readonly groups: readonly ServiceGroup[] }>(
    undefined,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `released` says that what waited may come.
  const list = useMemo(() => {
    const now = groupServices({ containers, services, filter, marked, launched });
    const before = shown.current;
    const rests = before?.filter === filter ? hand() : undefined;
    const held = rests === undefined ? now.groups : holdGroups(before?.groups ?? [], now.groups, rests);
    return { ...now, groups: reuseGroups(before?.groups ?? [], held) };
  }, [containers, services, filter, marked, launched, hand, released]);
  useEffect(() => {
    shown.current = { filter, groups: list.groups };
  }, [filter, list]);
  return list;
}
