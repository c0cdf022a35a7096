import { Play, Plus, RotateCw, Square } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Container } from '../../../shared/model/container.ts';
import { machineOf } from '../../../shared/open-in/index.ts';
import { canRunAgain } from '../../../shared/platform-rules/index.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page, Section } from '../../components/page.tsx';
import { useEngine, useShell } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { ContainerLine, useContainerActions } from '../containers/index.ts';
import { LaunchSection } from '../launch/index.ts';
import { OpenInMenu } from '../open-in/index.ts';
import { AddServiceDialog, GroupRows, groupServices, launchedIds } from '../services/index.ts';
import css from './container-page.module.css';
import { LogSection } from './log-section.tsx';
import { LoginKeyFact } from './login-key.tsx';
import { MappingsTable } from './mappings-table.tsx';

/** One container: what it runs on, what it exposes, what was found in it. */
export function ContainerPage({ id }: { readonly id: string }) {
  const container = useEngine((engine) => engine.containers[id]);
  return container === undefined ? null : <ShownContainer container={container} />;
}

function ShownContainer({ container }: { readonly container: Container }) {
  const words = useWords();
  const { containers: texts, copy } = words.texts;
  const { askToStart, askToRestart, askToStop, giveUp, error, dialogs } = useContainerActions(container);
  const isBusy = container.busy !== undefined;
  const canStartAgain = canRunAgain(container);
  const problem = container.problem ?? error;

  return (
    <Page
      under
      title={container.name}
      detail={<ContainerLine container={container} />}
      actions={
        <>
          <OpenInMenu of="container" id={container.id} name={container.name} target={machineOf(container)} />
          {isBusy && (
            <Button look="quiet" onClick={giveUp}>
              {texts.giveUp}
            </Button>
          )}
          {container.status.kind === 'ended' && canStartAgain && (
            <Button look="primary" icon={<Play aria-hidden="true" />} busy={isBusy} onClick={askToStart}>
              {texts.start}
            </Button>
          )}
          {container.status.kind === 'running' && canStartAgain && (
            <Button icon={<RotateCw aria-hidden="true" />} busy={isBusy} onClick={askToRestart}>
              {texts.restart}
            </Button>
          )}
          {container.status.kind !== 'ended' && (
            <Button icon={<Square aria-hidden="true" />} busy={isBusy} onClick={askToStop}>
              {texts.stop}
            </Button>
          )}
        </>
      }
    >
      {problem !== undefined && <ErrorNotice live error={problem} />}
      <MappingsTable container={container} onStart={askToStart} onRestart={askToRestart} />
      <LaunchSection container={container} />
      <FoundServices container={container} />
      <LogSection container={container} />
      <Section title={texts.about}>
        <dl className={css.facts}>
          <dt>{texts.resource}</dt>
          <dd>{container.resource ?? '—'}</dd>
          <dt>{texts.runtime}</dt>
          <dd>{container.runtime ?? '—'}</dd>
          {container.command !== undefined && container.command !== '' && (
            <>
              <dt>{words.texts.containerList.command}</dt>
              <dd>
                <code>{container.command}</code>
              </dd>
            </>
          )}
          {(container.dataBindings ?? []).length > 0 && (
            <>
              <dt>{words.texts.containerList.data}</dt>
              <dd>{container.dataBindings?.map(({ name, path }) => `${name} → ${path}`).join(', ')}</dd>
            </>
          )}
          <dt>{texts.ssh}</dt>
          <dd>
            {container.ssh === undefined ? (
              '—'
            ) : (
              <Address
                text={`ssh ${container.ssh.user}@${container.ssh.host} -p ${container.ssh.port}`}
                copyLabel={copy.command}
              />
            )}
          </dd>
          <dt>{words.texts.loginKey.title}</dt>
          <dd>
            <LoginKeyFact />
          </dd>
        </dl>
      </Section>
      {dialogs}
    </Page>
  );
}

/** Every service of it, mapped or only seen to listen, and how the seeing went. */
function FoundServices({ container }: { readonly container: Container }) {
  const words = useWords();
  const { containers: texts, services: serviceTexts } = words.texts;
  const all = useEngine((engine) => engine.services);
  const marked = useShell((shell) => shell.settings.marked);
  const launched = useEngine(launchedIds);
  const group = useMemo(() => {
    const own = Object.entries(all).filter(([, { containerId }]) => containerId === container.id);
    const only = { containers: { [container.id]: container }, services: Object.fromEntries(own) };
    return groupServices({ ...only, marked, launched }).groups[0];
  }, [all, container, marked, launched]);
  const look = useAction('containers.look');
  const [isAdding, setIsAdding] = useState(false);
  const isLooking = container.look.kind === 'looking';
  const lookError = look.error ?? (container.look.kind === 'failed' ? container.look.error : undefined);

  return (
    <Section
      title={serviceTexts.title}
      aside={
        <>
          {container.ssh !== undefined && (
            <Button
              look="quiet"
              busy={look.running || isLooking}
              onClick={() => void look.run({ containerId: container.id })}
            >
              {isLooking ? texts.looking : texts.look}
            </Button>
          )}
          <Button look="quiet" icon={<Plus aria-hidden="true" />} onClick={() => setIsAdding(true)}>
            {serviceTexts.add}
          </Button>
        </>
      }
    >
      {lookError !== undefined && (
        <div className={css.lookError}>
          <Notice tone="warn">
            {texts.lookFailed}
            {words.gap}
            {words.error(lookError)}
          </Notice>
        </div>
      )}
      {group !== undefined && <GroupRows group={group} />}
      {container.look.kind === 'done' && container.look.more !== undefined && (
        <p className={css.more}>{words.say(texts.morePorts, { n: container.look.more })}</p>
      )}
      {isAdding && <AddServiceDialog containerId={container.id} onClose={() => setIsAdding(false)} />}
    </Section>
  );
}
