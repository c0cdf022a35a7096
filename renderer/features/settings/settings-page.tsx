import type { ReactNode } from 'react';
import { Page } from '../../components/page.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { useEngine, useShell } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { LocalHttps } from './local-https.tsx';
import css from './settings-page.module.css';

/** What can be chosen, each with its effect at once. */
export function SettingsPage() {
  const words = useWords();
  const { settings: texts } = words.texts;
  const settings = useShell((shell) => shell.settings);
  const secrets = useShell((shell) => shell.secrets);
  const version = useShell((shell) => shell.version);
  const proxy = useEngine((engine) => engine.proxy);
  const change = useAction('shell.settings');

  return (
    <Page title={texts.title}>
      <div className={css.rows}>
        <Row title={texts.language}>
          <Segmented
            label={texts.language}
            value={settings.language}
            onChange={(language) => void change.run({ language })}
            options={[
              { value: 'system', text: texts.system },
              { value: 'en', text: texts.english },
              { value: 'zh-CN', text: texts.chinese },
            ]}
          />
        </Row>
        <Row title={texts.theme}>
          <Segmented
            label={texts.theme}
            value={settings.theme}
            onChange={(theme) => void change.run({ theme })}
            options={[
              { value: 'system', text: texts.system },
              { value: 'light', text: texts.light },
              { value: 'dark', text: texts.dark },
            ]}
          />
        </Row>
        <Row title={texts.proxy}>
          {proxy.kind === 'listening' && words.say(texts.proxyPort, { port: proxy.port })}
          {proxy.kind === 'stopped' && texts.proxyStopped}
          {proxy.kind === 'failed' && words.error(proxy.error)}
        </Row>
        <Row title={texts.secrets}>{secrets === 'keychain' ? texts.keychain : texts.session}</Row>
        <Row title={texts.version}>{version}</Row>
      </div>
      {proxy.kind === 'listening' && <LocalHttps proxy={proxy} />}
    </Page>
  );
}

const Row = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <div className={css.row}>
    <h2 className={css.title}>{title}</h2>
    <div className={css.value}>{children}</div>
  </div>
);
