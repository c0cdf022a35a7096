import { Cable, Scale, Square, Unplug, X } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../shared/result.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { go, useClient, useEngine } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import { listView, selectNone } from './list-view.ts';
import { selectionOf } from './selection.ts';
import css from './selection-bar.module.css';

/** What can be done with all that are selected; floats over the list, so that nothing moves. */
export function SelectionBar() {
  const selected = useStore(listView, (view) => view.selected);
  return selected.size === 0 ? null : <Bar selected={selected} />;
}

function Bar({ selected }: { readonly selected: ReadonlySet<string> }) {
  const words = useWords();
  const { services: texts, places, launch } = words.texts;
  const client = useClient();
  const services = useEngine((engine) => engine.services);
  const launches = useEngine((engine) => engine.launches);
  const containers = useEngine((engine) => engine.containers);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<AppError>();
  const [asksToStop, setAsksToStop] = useState(false);
  const { toOpen, toClose, toCompare, toStop, count } = selectionOf({
    selected,
    services,
    launches,
    containers,
  });

  /** One after the other: each container has one connection for all of its tunnels. The first failure is said. */
  const all = async <T,>(each: readonly T[], ask: (one: T) => Promise<{ ok: boolean; error?: AppError }>) => {
    setRunning(true);
    setError(undefined);
    const failed: AppError[] = [];
    for (const one of each) {
      const answer = await ask(one);
      if (!answer.ok && answer.error !== undefined) failed.push(answer.error);
    }
    setRunning(false);
    setError(failed[0]);
  };

  return (
    <div className={css.bar} role="toolbar" aria-label={words.say(texts.selected, { n: count })}>
      <span className={css.count} role="status">
        {words.say(texts.selected, { n: count })}
      </span>
      <Button
        icon={<Cable aria-hidden="true" />}
        disabled={toOpen.length === 0}
        busy={running}
        onClick={() => void all(toOpen, (serviceId) => client.ask('tunnels.open', { serviceId }))}
      >
        {texts.openTunnels}
      </Button>
      <Button
        icon={<Unplug aria-hidden="true" />}
        disabled={toClose.length === 0}
        busy={running}
        onClick={() => void all(toClose, (serviceId) => client.ask('tunnels.close', { serviceId }))}
      >
        {texts.closeTunnels}
      </Button>
      <Button
        icon={<Square aria-hidden="true" />}
        disabled={toStop.length === 0}
        busy={running}
        onClick={() => setAsksToStop(true)}
      >
        {texts.stop}
      </Button>
      <Button
        icon={<Scale aria-hidden="true" />}
        disabled={toCompare.length === 0}
        busy={running}
        onClick={() =>
          void client.ask('comparison.start', { serviceIds: [...toCompare] }).then((started) => {
            if (started.ok) go({ kind: 'compare' });
            else setError(started.error);
          })
        }
      >
        {places.compare}
      </Button>
      <IconButton label={texts.unselect} onClick={selectNone}>
        <X />
      </IconButton>
      {error !== undefined && (
        <div className={css.error}>
          <ErrorNotice live error={error} />
        </div>
      )}
      {asksToStop && (
        <Confirm
          open
          title={words.say(launch.stopManyTitle, { n: toStop.length })}
          text={toStop.map(({ name }) => name).join(', ')}
          action={texts.stop}
          danger
          onConfirm={() => void all(toStop, ({ id }) => client.ask('launch.stop', { id }))}
          onClose={() => setAsksToStop(false)}
        />
      )}
    </div>
  );
}
