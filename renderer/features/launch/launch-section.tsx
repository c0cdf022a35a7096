import { Rocket } from 'lucide-react';
import { useMemo } from 'react';
import type { Container } from '../../../shared/model/container.ts';
import type { Launch } from '../../../shared/model/launch.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Section } from '../../components/page.tsx';
import { show, useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useHeldOrder } from '../../store/use-held-order.ts';
import { useWords } from '../../words/use-words.ts';
import { LaunchRow } from './launch-row.tsx';
import css from './launch-section.module.css';
import { byImportance } from './launch-view.ts';

const idOf = ({ id }: Launch) => id;

/** What was started in a container from here, and the way to start more. */
export function LaunchSection({ container }: { readonly container: Container }) {
  const words = useWords();
  const { launch: texts } = words.texts;
  const all = useEngine((engine) => engine.launches);
  const ordered = useMemo(
    () =>
      Object.values(all)
        .filter(({ containerId }) => containerId === container.id)
        .sort(byImportance),
    [all, container.id],
  );
  const { shown: launches, hold } = useHeldOrder(ordered, idOf);
  const refresh = useAction('launch.refresh', { whileShown: true });
  const canReach = container.status.kind === 'running' && container.ssh !== undefined;
  if (!canReach && launches.length === 0) return null;

  return (
    <Section
      title={texts.title}
      aside={
        canReach && (
          <>
            <Button
              look="quiet"
              busy={refresh.running}
              aria-label={`${texts.refresh}: ${texts.title}`}
              onClick={() => void refresh.run({ containerId: container.id })}
            >
              {texts.refresh}
            </Button>
            <Button
              look="quiet"
              icon={<Rocket aria-hidden="true" />}
              onClick={() => show('new-launch', container.id)}
            >
              {texts.action}
            </Button>
          </>
        )
      }
    >
      {refresh.error !== undefined && (
        <div className={css.error}>
          <ErrorNotice live error={refresh.error} />
        </div>
      )}
      {launches.length === 0 ? (
        <p className={css.none}>
          {texts.none}
          {words.gap}
          {texts.text}
        </p>
      ) : (
        <ul className={css.list} aria-label={texts.title} {...hold}>
          {launches.map((launch) => (
            <LaunchRow key={launch.id} launch={launch} />
          ))}
        </ul>
      )}
    </Section>
  );
}
