import { Segmented } from '../../components/segmented.tsx';
import { useShell } from '../../store/context.ts';
import { useChoice } from '../../store/use-choice.ts';
import { useWords } from '../../words/use-words.ts';
import { SettingRow, SettingSection } from './setting-row.tsx';

/** How the window looks and speaks. */
export function LookSection() {
  const { settings: texts, preferences } = useWords().texts;
  const kept = useShell((shell) => shell.settings);
  const theme = useChoice('shell.settings', kept.theme, (chosen) => ({ theme: chosen }));
  const language = useChoice('shell.settings', kept.language, (chosen) => ({ language: chosen }));
  const density = useChoice('shell.settings', kept.density, (chosen) => ({ density: chosen }));
  return (
    <SettingSection title={preferences.look}>
      <SettingRow title={texts.theme} setting="theme" error={theme.error}>
        <Segmented
          label={texts.theme}
          value={theme.shown}
          onChange={theme.choose}
          options={[
            { value: 'system', text: texts.system },
            { value: 'light', text: texts.light },
            { value: 'dark', text: texts.dark },
          ]}
        />
      </SettingRow>
      <SettingRow title={texts.language} setting="language" error={language.error}>
        <Segmented
          label={texts.language}
          value={language.shown}
          onChange={language.choose}
          options={[
            { value: 'system', text: texts.system },
            { value: 'en', text: texts.english },
            { value: 'zh-CN', text: texts.chinese },
          ]}
        />
      </SettingRow>
      <SettingRow title={preferences.names.density} setting="density" error={density.error}>
        <Segmented
          label={preferences.names.density}
          value={density.shown}
          onChange={density.choose}
          options={[
            { value: 'auto', text: preferences.densityAuto },
            { value: 'comfortable', text: preferences.densityComfortable },
            { value: 'dense', text: preferences.densityDense },
          ]}
        />
      </SettingRow>
    </SettingSection>
  );
}
