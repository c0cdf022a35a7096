import { Ellipsis } from 'lucide-react';
import { memo } from 'react';
import { IconButton } from '../../components/button.tsx';
import { Menu } from '../../components/menu.tsx';
import { go } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import { ContainerLine, useContainerActions } from '../containers/index.ts';
import css from './service-list.module.css';
import type { ServiceGroup } from './service-order.ts';
import { ServiceRow } from './service-row.tsx';

/** The services of one container under its line. */
export const ServiceList = memo(function ServiceList({
  group: { container, services },
  isDense,
}: {
  readonly group: ServiceGroup;
  readonly isDense: boolean;
}) {
  const words = useWords();
  const { texts } = words;
  const { entries, dialogs } = useContainerActions(container);
  return (
    <section
      className={css.group}
      aria-label={words.say(texts.services.inContainer, { name: container.name })}
    >
      <header className={css.head}>
        <button
          type="button"
          className={css.name}
          onClick={() => go({ kind: 'container', id: container.id })}
        >
          {container.name}
        </button>
        <ContainerLine container={container} />
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
      {services.length === 0 ? (
        <p className={css.none}>{texts.services.noneHere}</p>
      ) : (
        <ul className={css.list}>
          {services.map((service) => (
            <ServiceRow key={service.id} service={service} container={container} isDense={isDense} />
          ))}
        </ul>
      )}
      {dialogs}
    </section>
  );
});
