import { ChevronDown, ChevronRight, Ellipsis, Rocket } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import type { Service } from '../../../shared/model/service.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Menu } from '../../components/menu.tsx';
import { go, show } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import { ContainerLine, useContainerActions } from '../containers/index.ts';
import { listView, toggleIn } from './list-view.ts';
import css from './service-list.module.css';
import type { ServiceGroup } from './service-order.ts';
import { ServiceRow } from './service-row.tsx';

/** The services of one container under its line. */
export const ServiceList = memo(function ServiceList({
  group,
  isDense,
}: {
  readonly group: ServiceGroup;
  readonly isDense: boolean;
}) {
  const words = useWords();
  const { texts } = words;
  const { container, services, others, more, waiting = 0 } = group;
  const { entries, dialogs } = useContainerActions(container);
  const isCollapsed = useStore(listView, (view) => view.collapsed.has(container.id));
  const canStart = container.status.kind === 'running' && container.ssh !== undefined;
  return (
    <section
      className={css.group}
      data-group={container.id}
      aria-label={words.say(texts.services.inContainer, { name: container.name })}
    >
      <header className={css.head}>
        <IconButton
          className={css.fold}
          label={`${isCollapsed ? texts.services.expand : texts.services.collapse}: ${container.name}`}
          aria-expanded={!isCollapsed}
          onClick={() => toggleIn('collapsed', container.id)}
        >
          {isCollapsed ? <ChevronRight /> : <ChevronDown />}
        </IconButton>
        <button
          type="button"
          className={css.name}
          onClick={() => go({ kind: 'container', id: container.id })}
        >
          {container.name}
        </button>
        <ContainerLine container={container} />
        {waiting > 0 && (
          <span className={css.waiting}>{words.say(texts.services.arrived, { n: waiting })}</span>
        )}
        {isCollapsed && <span className={css.waiting}>{services.length + others.length + more}</span>}
        {canStart && (
          <Button
            look="quiet"
            className={css.start}
            icon={<Rocket aria-hidden="true" />}
            aria-label={`${texts.launch.action}: ${container.name}`}
            onClick={() => show('new-launch', container.id)}
          >
            {texts.launch.action}
          </Button>
        )}
        <Menu
          ofMany
          trigger={
            <IconButton label={`${texts.app.more}: ${container.name}`}>
              <Ellipsis />
            </IconButton>
          }
          entries={entries}
        />
      </header>
      {!isCollapsed && <GroupRows canPick group={group} isDense={isDense} />}
      {dialogs}
    </section>
  );
});

/** The rows of one container: what a person means by services, and the rest folded away. */
export function GroupRows({
  group: { container, services, others, more, gone },
  isDense = false,
  canPick = false,
}: {
  readonly group: ServiceGroup;
  readonly isDense?: boolean;
  readonly canPick?: boolean;
}) {
  const words = useWords();
  const { services: texts } = words.texts;
  const isUnfolded = useStore(listView, (view) => view.unfolded.has(container.id));
  if (services.length === 0 && others.length === 0) return <p className={css.none}>{texts.noneHere}</p>;
  const rows = (list: readonly Service[]) =>
    list.map((service) => (
      <ServiceRow
        key={service.id}
        canPick={canPick}
        service={service}
        container={container}
        isDense={isDense}
        isGone={gone?.has(service.id) === true}
      />
    ));
  return (
    <ul className={css.list}>
      {rows(services)}
      {isUnfolded && rows(others)}
      {others.length > 0 && (
        <li className={css.rest}>
          <Button
            look="quiet"
            aria-expanded={isUnfolded}
            icon={isUnfolded ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
            onClick={() => toggleIn('unfolded', container.id)}
          >
            {others.length === 1 ? texts.oneOther : words.say(texts.others, { n: others.length })}
          </Button>
        </li>
      )}
      {more > 0 && (
        <li className={css.rest}>{words.say(texts.more, { n: more.toLocaleString(words.language) })}</li>
      )}
    </ul>
  );
}
