import { useEngine } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import { Said, SettingRow, SettingSection } from './setting-row.tsx';

/** Where local addresses are served. */
export function LocalAddressesSection() {
  const words = useWords();
  const { settings: texts } = words.texts;
  const proxy = useEngine((engine) => engine.proxy);
  return (
    <SettingSection title={texts.proxy}>
      <SettingRow title={words.texts.service.portLabel} hint={words.texts.service.localText}>
        <Said>
          {proxy.kind === 'listening' && proxy.port}
          {proxy.kind === 'stopped' && texts.proxyStopped}
          {proxy.kind === 'failed' && words.error(proxy.error)}
        </Said>
      </SettingRow>
    </SettingSection>
  );
}
