import { Page } from '../../components/page.tsx';
import { useEngine } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import { AgentsSection } from './agents-section.tsx';
import { BehaviourSection, NotificationsSection } from './behaviour-section.tsx';
import { AboutSection, DataSection, SecretsSection } from './data-section.tsx';
import { LocalAddressesSection } from './local-addresses-section.tsx';
import { LocalHttps } from './local-https.tsx';
import { LogSection } from './log-section.tsx';
import { LookSection } from './look-section.tsx';

/** What can be chosen, each with its effect at once. */
export function SettingsPage({ under = false }: { readonly under?: boolean }) {
  const { settings } = useWords().texts;
  const proxy = useEngine((engine) => engine.proxy);
  return (
    <Page title={settings.title} under={under}>
      <LookSection />
      <BehaviourSection />
      <NotificationsSection />
      <LocalAddressesSection />
      {proxy.kind === 'listening' && <LocalHttps proxy={proxy} />}
      <AgentsSection />
      <SecretsSection />
      <DataSection />
      <LogSection />
      <AboutSection />
    </Page>
  );
}
