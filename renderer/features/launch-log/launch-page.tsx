import { Pencil, Play, RotateCw } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { Launch, LogMatch } from '../../../shared/model/launch.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { show, useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { LaunchAge, launchView, StopButton, useLaunchActions } from '../launch/index.ts';
import css from './launch-page.module.css';
import { lineAt } from './log-buffer.ts';
import { LogView, type LogViewHandle } from './log-view.tsx';
import { Matches } from './matches.tsx';
import { useLog } from './use-log.ts';

/** One started service: how it is, and its log as it grows. */
export function LaunchPage({ id }: { readonly id: string }) {
  const launch = useEngine((engine) => engine.launches[id]);
  return launch === undefined ? null : <ShownLaunch launch={launch} />;
}

function ShownLaunch({ launch }: { readonly launch: Launch }) {
  const words = useWords();
  const { launch: texts } = words.texts;
  const { askToStop, restart, error, dialogs } = useLaunchActions(launch);
  const view = launchView(launch, words);
  const container = useEngine((engine) => engine.containers[launch.containerId]?.name);
  const isRunning = launch.state.kind === 'running';
  return (
    <Page
      under
      title={launch.name}
      detail={
        <span className={css.detail}>
          {container} · <StateMark mark={view.mark} /> {view.text}
          {view.at !== undefined && ' · '}
          <LaunchAge view={view} />
        </span>
      }
      actions={
        <>
          <Button
            look="quiet"
            icon={<Pencil aria-hidden="true" />}
            disabled={launch.busy !== undefined}
            onClick={() => show('edit-launch', launch.id)}
          >
            {texts.edit}
          </Button>
          <Button
            icon={isRunning ? <RotateCw aria-hidden="true" /> : <Play aria-hidden="true" />}
            disabled={launch.busy !== undefined}
            onClick={restart}
          >
            {isRunning ? texts.restart : texts.start}
          </Button>
          {isRunning && <StopButton launch={launch} onClick={askToStop} />}
        </>
      }
    >
      <div className={css.page}>
        <code className={css.command} data-hint={launch.preview} data-hint-if-cut="">
          {launch.preview}
        </code>
        {error !== undefined && <ErrorNotice live error={error} />}
        {view.why !== undefined && <Notice tone="down">{view.why}</Notice>}
        <LaunchLog key={launch.createdAt} launch={launch} />
      </div>
      {dialogs}
    </Page>
  );
}

/** Which of its runs, followed or searched, and saved. */
export function LaunchLog({ launch }: { readonly launch: Launch }) {
  const words = useWords();
  const { launchLog: texts } = words.texts;
  const [run, setRun] = useState<'current' | 'previous'>('current');
  const [follows, setFollows] = useState(true);
  const [text, setText] = useState('');
  const [marked, setMarked] = useState<number>();
  const view = useRef<LogViewHandle>(null);
  const save = useAction('shell.save');
  const [saved, setSaved] = useState<string>();
  const log = useLog(launch.id, run === 'previous', follows && run === 'current');
  const { buffer, size, jump } = log;

  const show = useCallback(
    async ({ at }: LogMatch) => {
      if (at === undefined) return;
      setFollows(false);
      let known = buffer;
      if (known === undefined || lineAt(known, at) === undefined) known = await jump(at);
      const line = known === undefined ? undefined : lineAt(known, at);
      if (line === undefined) return;
      setMarked(line);
      requestAnimationFrame(() => view.current?.showLine(line));
    },
    [buffer, jump],
  );

  function follow() {
    setMarked(undefined);
    // What follows on from here may be far away: the end is read anew.
    if (buffer !== undefined && buffer.to < size) void jump(-1);
    setFollows(!follows);
  }

  return (
    <>
      <div className={css.bar}>
        <SearchField label={texts.search} value={text} onChange={setText} />
        {run === 'current' && (
          <Button look={follows ? 'plain' : 'quiet'} aria-pressed={follows} onClick={follow}>
            {texts.follow}
          </Button>
        )}
        <Segmented
          label={texts.run}
          value={run}
          options={[
            { value: 'current', text: texts.current },
            { value: 'previous', text: texts.previous },
          ]}
          onChange={setRun}
        />
        <span className={css.size}>
          {buffer !== undefined &&
            words.say(texts.size, {
              lines: buffer.lines.toLocaleString(words.language),
              bytes: words.bytes(size),
            })}
        </span>
        <Button
          busy={save.running}
          onClick={() =>
            void save
              .run({ kind: 'launchLog', subject: launch.id })
              .then((answer) => setSaved(answer.ok ? answer.value.file : undefined))
          }
        >
          {texts.save}
        </Button>
      </div>
      {(log.error ?? save.error) !== undefined && (
        <ErrorNotice live error={log.error ?? save.error ?? { code: 'internal' }} />
      )}
      {saved !== undefined && save.error === undefined && (
        <Notice tone="info" live>
          {words.say(texts.saved, { file: saved })}
        </Notice>
      )}
      {text.trim() !== '' && (
        <Matches
          id={launch.id}
          text={text.trim()}
          onChoose={(match) => {
            setRun('current');
            void show(match);
          }}
        />
      )}
      {buffer === undefined ? (
        <p className={css.note} role="status">
          {log.error === undefined && texts.loading}
        </p>
      ) : buffer.lines === 0 ? (
        <p className={css.note}>{texts.empty}</p>
      ) : (
        <LogView
          ref={view}
          buffer={buffer}
          label={words.say(texts.label, { name: launch.name })}
          follows={follows}
          marked={marked}
          onFollow={setFollows}
          onNearStart={() => {
            // Lines move down by as many as come before them.
            setMarked(undefined);
            void log.earlier();
          }}
          onNearEnd={() => void log.later()}
        />
      )}
    </>
  );
}
