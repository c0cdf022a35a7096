import { useShell } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import { Said, SettingRow, SettingSection } from './setting-row.tsx';
import { SwitchRow } from './switch-row.tsx';

/** What Gearway does while nobody looks. */
export function BehaviourSection() {
  const { preferences: texts } = useWords().texts;
  return (
    <SettingSection title={texts.behaviour}>
      <SwitchRow title={texts.closeToTray} hint={texts.closeToTrayHint} setting="closeToTray" />
      <SwitchRow title={texts.launchAtLogin} hint={texts.launchAtLoginHint} setting="launchAtLogin" />
    </SettingSection>
  );
}

/** Who is told about, and whether. */
export function NotificationsSection() {
  const words = useWords();
  const { preferences: texts } = words.texts;
  const marked = useShell((shell) => shell.settings.marked.length);
  return (
    <SettingSection title={texts.notifications}>
      <SwitchRow title={texts.notify} hint={texts.notifyHint} setting="notifications" />
      <SettingRow
        title={texts.names.marked}
        hint={marked === 0 ? texts.markedNone : words.texts.desktop.settings.markHint}
        setting="marked"
      >
        {marked > 0 && <Said>{words.say(texts.markedCount, { n: marked })}</Said>}
      </SettingRow>
    </SettingSection>
  );
}
