import { Segmented } from '../../components/segmented.tsx';
import { useShell } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useHoped } from '../../store/use-hoped.ts';
import { useWords } from '../../words/use-words.ts';
import { SettingRow, SettingSection } from './setting-row.tsx';

/** How the window looks and speaks. */
export function LookSection() {
  const { settings: texts, preferences } = useWords().texts;
  const [language, hopeLanguage] = useHoped(useShell((shell) => shell.settings.language));
  const [theme, hopeTheme] = useHoped(useShell((shell) => shell.settings.theme));
  const change = useAction('shell.settings');
  return (
    <SettingSection title={preferences.look}>
      <SettingRow title={texts.theme} setting="theme" error={change.error}>
        <Segmented
          label={texts.theme}
          value={theme}
          onChange={(chosen) => hopeTheme(chosen, change.run({ theme: chosen }))}
          options={[
            { value: 'system', text: texts.system },
            { value: 'light', text: texts.light },
            { value: 'dark', text: texts.dark },
          ]}
        />
      </SettingRow>
      <SettingRow title={texts.language} setting="language">
        <Segmented
          label={texts.language}
          value={language}
          onChange={(chosen) => hopeLanguage(chosen, change.run({ language: chosen }))}
          options={[
            { value: 'system', text: texts.system },
            { value: 'en', text: texts.english },
            { value: 'zh-CN', text: texts.chinese },
          ]}
        />
      </SettingRow>
    </SettingSection>
  );
}
