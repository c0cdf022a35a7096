import { Ellipsis, Play, ScrollText } from 'lucide-react';
import type { Launch } from '../../../shared/model/launch.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Menu } from '../../components/menu.tsx';
import { Notice } from '../../components/notice.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { go } from '../../store/context.ts';
import { useNow } from '../../store/now.ts';
import { useWords } from '../../words/use-words.ts';
import css from './launch-row.module.css';
import { type LaunchView, launchView } from './launch-view.ts';
import { MachineText } from './machine-text.tsx';
import { StopButton } from './stop-button.tsx';
import { useLaunchActions } from './use-launch-actions.tsx';

/** One started service: what it is, how it is, what can be done with it. */
export function LaunchRow({ launch }: { readonly launch: Launch }) {
  const words = useWords();
  const { launch: texts } = words.texts;
  const view = launchView(launch, words);
  const { askToStop, restart, entries, isBusy: isOrdered, error, dialogs } = useLaunchActions(launch);
  const isRunning = launch.state.kind === 'running';
  const isBusy = launch.busy !== undefined;
  return (
    <li className={css.row} aria-label={launch.name}>
      <div className={css.main}>
        <div className={css.what}>
          <span className={css.name}>{launch.name}</span>
          <code className={css.command} data-hint={launch.preview} data-hint-if-cut="">
            {launch.preview}
          </code>
        </div>
        <span className={css.state}>
          <StateMark mark={view.mark} />
          {view.text} <LaunchAge view={view} />
        </span>
        <div className={css.actions}>
          <Button
            look="quiet"
            icon={<ScrollText aria-hidden="true" />}
            aria-label={words.say(texts.showLog, { name: launch.name })}
            onClick={() => go({ kind: 'launch', id: launch.id })}
          >
            {texts.log}
          </Button>
          {isRunning ? (
            <StopButton launch={launch} onClick={askToStop} />
          ) : (
            <Button
              icon={<Play aria-hidden="true" />}
              busy={isBusy}
              aria-label={`${texts.start} ${launch.name}`}
              onClick={restart}
            >
              {texts.start}
            </Button>
          )}
          <Menu
            trigger={
              <IconButton label={words.say(texts.more, { name: launch.name })} aria-busy={isOrdered}>
                {isOrdered ? <StateMark mark="working" /> : <Ellipsis />}
              </IconButton>
            }
            entries={entries}
          />
        </div>
      </div>
      {error !== undefined && <ErrorNotice live error={error} />}
      {view.why !== undefined && <Notice tone="down">{view.why}</Notice>}
      {view.mark !== 'idle' && view.lastLines.length > 0 && (
        <figure className={css.last}>
          <figcaption>{texts.lastLines}</figcaption>
          <MachineText text={view.lastLines.slice(-6).join('\n')} />
        </figure>
      )}
      {dialogs}
    </li>
  );
}

export function LaunchAge({ view: { at, goesOn } }: { readonly view: LaunchView }) {
  const words = useWords();
  const { launch: texts } = words.texts;
  const now = useNow();
  if (at === undefined) return null;
  return (
    <span className={css.age}>
      {goesOn ? words.say(texts.since, { age: words.age(now - at) }) : words.ago(now - at)}
    </span>
  );
}
