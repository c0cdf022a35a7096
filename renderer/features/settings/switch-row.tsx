import { Switch } from '../../components/switch.tsx';
import { useShell } from '../../store/context.ts';
import { useChoice } from '../../store/use-choice.ts';
import { SettingRow } from './setting-row.tsx';

/** A setting that is on or off. */
export function SwitchRow({
  title,
  hint,
  setting,
}: {
  readonly title: string;
  readonly hint: string;
  readonly setting: 'closeToTray' | 'launchAtLogin' | 'notifications';
}) {
  const { shown, choose, error } = useChoice(
    'shell.settings',
    useShell((shell) => shell.settings[setting]),
    (on) => ({ [setting]: on }),
  );
  return (
    <SettingRow title={title} hint={hint} setting={setting} error={error}>
      <Switch label={<span className="unseen">{title}</span>} checked={shown} onChange={choose} />
    </SettingRow>
  );
}
