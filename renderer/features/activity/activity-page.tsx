import { Copy, FileText, Save, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ActivityEvent, ActivityLevel } from '../../../shared/model/activity.ts';
import type { SavedKind } from '../../../shared/model/saved-file.ts';
import { activitySentence } from '../../../shared/words/activity-sentence.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { Empty } from '../../components/empty.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { say } from '../toasts/index.ts';
import { ActivityList, exactTime } from './activity-list.tsx';
import css from './activity-page.module.css';
import { matching } from './arrange.ts';
import { useHappenings } from './use-happenings.ts';

const problems: readonly ActivityLevel[] = ['warning', 'bad'];

/** What happened, and what to do with it: look through it, take it along, forget it. */
export function ActivityPage({ under = false }: { readonly under?: boolean }) {
  const words = useWords();
  const { desktop, history } = words.texts;
  const texts = desktop.activity;
  const [only, setOnly] = useState<'all' | 'problems'>('all');
  const [filter, setFilter] = useState('');
  const [isPointed, setIsPointed] = useState(false);
  const [asks, setAsks] = useState(false);
  const { events, hasOlder, waits, older, take } = useHappenings(
    only === 'problems' ? problems : undefined,
    isPointed,
  );
  const save = useAction('shell.save');
  const clear = useAction('shell.clearActivity');
  const shown = useMemo(
    () => matching(events ?? [], filter, (event) => activitySentence(event, words.language)),
    [events, filter, words.language],
  );
  const error = save.error ?? clear.error;

  const keep = (kind: SavedKind) =>
    void save.run({ kind }).then((saved) => {
      if (saved.ok) say(words.say(history.saved, { file: saved.value.file }));
    });
  const line = (event: ActivityEvent) =>
    `${exactTime(event.lastAt, words)}  ${activitySentence(event, words.language)}`;
  const copy = () =>
    void navigator.clipboard.writeText(shown.map(line).join('\n')).then(() => say(history.copied));

  return (
    <Page
      title={texts.title}
      under={under}
      actions={
        <>
          <IconButton label={texts.copy} disabled={shown.length === 0} onClick={copy}>
            <Copy />
          </IconButton>
          <IconButton label={texts.save} disabled={events?.length === 0} onClick={() => keep('activity')}>
            <Save />
          </IconButton>
          <IconButton label={texts.clear} disabled={events?.length === 0} onClick={() => setAsks(true)}>
            <Trash2 />
          </IconButton>
          <Button
            icon={<FileText aria-hidden="true" />}
            data-hint={texts.reportText}
            aria-description={texts.reportText}
            busy={save.running}
            onClick={() => keep('report')}
          >
            {texts.report}
          </Button>
        </>
      }
    >
      <div className={css.filters}>
        <Segmented
          label={history.levels}
          value={only}
          onChange={setOnly}
          options={[
            { value: 'all', text: texts.filter.all },
            { value: 'problems', text: texts.filter.problems },
          ]}
        />
        <SearchField label={history.filter} value={filter} onChange={setFilter} />
        {waits && (
          <Button look="quiet" onClick={take}>
            {history.fresh}
          </Button>
        )}
      </div>
      {error !== undefined && (
        <div className={css.error}>
          <ErrorNotice live error={error} />
        </div>
      )}
      {/* Pointing at it holds it: nothing moves away under the pointer. One that only rests where the list grew points at nothing. */}
      <div onPointerMove={() => setIsPointed(true)} onPointerLeave={() => setIsPointed(false)}>
        <ActivityList events={shown} />
      </div>
      {hasOlder && (
        <div className={css.older}>
          <Button onClick={older}>{history.older}</Button>
        </div>
      )}
      {events?.length === 0 && only === 'all' && <Empty title={texts.none} text={texts.noneText} />}
      {events !== undefined && shown.length === 0 && (events.length > 0 || only === 'problems') && (
        <Empty title={history.noMatch} />
      )}
      <Confirm
        open={asks}
        title={history.clearTitle}
        text={history.clearText}
        action={texts.clear}
        danger
        onConfirm={() => void clear.run({})}
        onClose={() => setAsks(false)}
      />
    </Page>
  );
}
