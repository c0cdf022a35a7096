import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SettingName } from '../../../shared/model/settings.ts';
import type { AppError } from '../../../shared/result.ts';
import { IconButton } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Section } from '../../components/page.tsx';
import { useShell } from '../../store/context.ts';
import { type Action, useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './setting-row.module.css';

/** A part of the settings: its title, and its rows in one frame. */
export const SettingSection = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) => (
  <Section title={title}>
    <div className={css.card}>{children}</div>
  </Section>
);

/** One line: what it is, what it is now. A setting that differs from its default has a way back to it. */
export function SettingRow({
  title,
  hint,
  setting,
  error,
  children,
}: {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly setting?: SettingName;
  readonly error?: AppError | undefined;
  readonly children: ReactNode;
}) {
  const reset = useAction('shell.resetSettings');
  const failed = error ?? reset.error;
  return (
    <div className={css.row}>
      <div className={css.words}>
        <span className={css.title}>{title}</span>
        {hint !== undefined && <span className={css.hint}>{hint}</span>}
      </div>
      <div className={css.control}>
        {setting !== undefined && <ResetOne setting={setting} reset={reset} />}
        {children}
      </div>
      {failed !== undefined && (
        <div className={css.error}>
          <ErrorNotice live error={failed} />
        </div>
      )}
    </div>
  );
}

/** Text in the place of a control. */
export const Said = ({ children }: { readonly children: ReactNode }) => (
  <span className={css.said}>{children}</span>
);

function ResetOne({
  setting,
  reset,
}: {
  readonly setting: SettingName;
  readonly reset: Action<'shell.resetSettings'>;
}) {
  const words = useWords();
  const { preferences } = words.texts;
  const isChanged = useShell((shell) => shell.changedSettings.includes(setting));
  if (!isChanged) return null;
  return (
    <IconButton
      label={words.say(preferences.resetOne, { name: preferences.names[setting] })}
      onClick={() => void reset.run({ names: [setting] })}
    >
      <RotateCcw />
    </IconButton>
  );
}
