import type { FileNotice } from '../../../shared/model/settings.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useShell } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords, type Words } from '../../words/use-words.ts';

/** What is wrong with Gearway's own files, until the person has read it. */
export function FileNotices() {
  const words = useWords();
  const { notices: texts } = words.texts.desktop;
  const notices = useShell((shell) => shell.notices);
  const dismiss = useAction('shell.dismissNotices');
  return notices.map((notice, index) => (
    <Notice
      key={`${notice.kind} ${notice.file}`}
      tone="warn"
      live
      actions={
        // One answer for all of them, beside the first.
        index === 0 && (
          <Button look="quiet" busy={dismiss.running} onClick={() => void dismiss.run({})}>
            {texts.dismiss}
          </Button>
        )
      }
    >
      {noticeText(notice, words)}
    </Notice>
  ));
}

function noticeText(notice: FileNotice, words: Words): string {
  const { notices: texts } = words.texts.desktop;
  const { names, separator } = words.texts.preferences;
  const file = texts.files[notice.file];
  if (notice.kind === 'unwritten') return texts.unwritten;
  if (notice.kind === 'newer') return words.say(texts.newer, { file });
  if (notice.kind === 'unusable') return words.say(texts.unusable, { file, backup: notice.backup ?? '' });
  const named = notice.lost.map((name) =>
    Object.hasOwn(names, name) ? names[name as keyof typeof names] : names.other,
  );
  const lost = [...new Set(named)].join(separator);
  return notice.backup === undefined
    ? words.say(texts.damagedNoCopy, { file, lost })
    : words.say(texts.damaged, { file, lost, backup: notice.backup });
}
