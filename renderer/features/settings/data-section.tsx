import { Download, RotateCcw, Upload } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { show, useShell } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { Said, SettingRow, SettingSection } from './setting-row.tsx';

/** Where secrets are. */
export function SecretsSection() {
  const { settings: texts, preferences } = useWords().texts;
  const tier = useShell((shell) => shell.secrets);
  return (
    <SettingSection title={texts.secrets}>
      <SettingRow title={preferences.secretsText} hint={tier === 'keychain' ? texts.keychain : texts.session}>
        {null}
      </SettingRow>
    </SettingSection>
  );
}

/** Taking everything along, and starting anew. */
export function DataSection() {
  const { preferences: texts, desktop } = useWords().texts;
  const { transfer } = desktop;
  return (
    <SettingSection title={texts.data}>
      <SettingRow title={transfer.exportTitle} hint={texts.exportText}>
        <Button icon={<Upload aria-hidden="true" />} onClick={() => show('export')}>
          {transfer.export}
        </Button>
      </SettingRow>
      <SettingRow title={texts.importTitle} hint={texts.importText}>
        <Button icon={<Download aria-hidden="true" />} onClick={() => show('import')}>
          {transfer.import}
        </Button>
      </SettingRow>
    </SettingSection>
  );
}

export function AboutSection() {
  const { settings: texts, preferences, desktop } = useWords().texts;
  const version = useShell((shell) => shell.version);
  const isChanged = useShell((shell) => shell.changedSettings.some((name) => name !== 'marked'));
  const [asks, setAsks] = useState(false);
  const reset = useAction('shell.resetSettings');
  return (
    <SettingSection title={preferences.about}>
      <SettingRow title={texts.version}>
        <Said>{version}</Said>
      </SettingRow>
      <SettingRow title={desktop.settings.resetAll} hint={preferences.resetAllText} error={reset.error}>
        <Button
          icon={<RotateCcw aria-hidden="true" />}
          disabled={!isChanged}
          busy={reset.running}
          aria-label={desktop.settings.resetAll}
          onClick={() => setAsks(true)}
        >
          {desktop.settings.reset}
        </Button>
      </SettingRow>
      <Confirm
        open={asks}
        title={preferences.resetAllTitle}
        text={preferences.resetAllText}
        action={desktop.settings.reset}
        onConfirm={() => void reset.run({})}
        onClose={() => setAsks(false)}
      />
    </SettingSection>
  );
}
