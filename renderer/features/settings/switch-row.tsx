import { Switch } from '../../components/switch.tsx';
import { useShell } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useHoped } from '../../store/use-hoped.ts';
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
  const [shown, hope] = useHoped(useShell((shell) => shell.settings[setting]));
  const change = useAction('shell.settings');
  return (
    <SettingRow title={title} hint={hint} setting={setting} error={change.error}>
      <Switch
        label={<span className="unseen">{title}</span>}
        checked={shown}
        onChange={(on) => hope(on, change.run({ [setting]: on }))}
      />
    </SettingRow>
  );
}
