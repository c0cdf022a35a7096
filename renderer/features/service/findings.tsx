import { useState } from 'react';
import { findRecipe } from '../../../shared/launch/recipes.ts';
import type { Container } from '../../../shared/model/container.ts';
import type { Launch } from '../../../shared/model/launch.ts';
import type { Finding, FindingAction, Service } from '../../../shared/model/service.ts';
import { adviceFor, type StartedFromHere } from '../../../shared/verdicts/advice-for.ts';
import { findingTones } from '../../../shared/verdicts/tone.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { show, useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { useContainerActions } from '../containers/index.ts';
import { AuditThings } from '../exposure/index.ts';
import { launchOf } from '../launch/index.ts';
import { mainAction } from '../services/index.ts';
import { findingButtons, mustOpenFirst } from './finding-actions.ts';
import { findingDetails } from './finding-details.ts';
import css from './findings.module.css';

/** What both lanes together say: the cause, how sure it is, the line that mends it, and what the app can do. */
export function Findings({
  service,
  container,
}: {
  readonly service: Service;
  readonly container: Container;
}) {
  // The changed key has a notice of its own, with both keys beside each other.
  return service.findings
    .filter(({ code }) => code !== 'host_key_changed')
    .map((finding) => (
      <FindingCard key={finding.code} finding={finding} service={service} container={container} />
    ));
}

function FindingCard({
  finding,
  service,
  container,
}: {
  readonly finding: Finding;
  readonly service: Service;
  readonly container: Container;
}) {
  const words = useWords();
  const { finding: texts, measure, advice: adviceTexts } = words.texts;
  const { code, sure, params } = finding;
  const report = useEngine((engine) => (code === 'open_to_anyone' ? engine.audits[service.id] : undefined));
  const openTunnel = useAction('tunnels.open');
  const retry = useAction('tunnels.retry');
  const setRoute = useAction('services.setRoute');
  const check = useAction('services.check');
  const remove = useAction('mappings.remove');
  const launch = useEngine(({ launches }) => launchOf(launches, service));
  const advice = adviceFor(code, service, launch === undefined ? undefined : startedFromHere(launch));
  const [isRemoved, setIsRemoved] = useState(false);
  const { askToRestart, error: restartError, dialogs } = useContainerActions(container);
  const id = { serviceId: service.id };
  const details = findingDetails(params, words);
  const error =
    remove.error ?? openTunnel.error ?? retry.error ?? setRoute.error ?? check.error ?? restartError;
  const isBusy = openTunnel.running || retry.running || setRoute.running || check.running;

  const use = async (choice: 'public' | 'tunnel') => {
    if (choice === 'tunnel' && mustOpenFirst(service)) {
      const opened = await openTunnel.run(id);
      if (!opened.ok) return;
    }
    await setRoute.run({ ...id, choice });
  };
  const deeds: Readonly<Partial<Record<FindingAction, () => void>>> = {
    open_tunnel: () => void openTunnel.run(id),
    use_tunnel: () => void use('tunnel'),
    use_public: () => void use('public'),
    retry_tunnel: () => void retry.run(id),
    restart_container: askToRestart,
    refresh: () => void check.run(id),
  };
  // The one primary button of the page does the same.
  const isMain = mainAction(service, container) === 'openTunnel';
  const buttons = findingButtons(finding, service, container).filter(
    (action) => action !== 'open_tunnel' || !isMain,
  );

  return (
    <article aria-label={texts[code]}>
      <Notice
        tone={findingTones[code]}
        actions={
          <>
            {adviceButton()}
            {buttons.map((action) => (
              <Button key={action} busy={isBusy} onClick={deeds[action]}>
                {measure.action[action]}
              </Button>
            ))}
          </>
        }
      >
        <p className={css.cause}>{texts[code]}</p>
        <p className={css.sure}>
          {measure.sure[sure]}
          {words.gap}
          {details}
        </p>
        {report !== undefined && <AuditThings report={report} />}
        {advice.say !== undefined && (
          <div className={css.fix}>
            <p>{adviceTexts[advice.say]}</p>
            {advice.line !== undefined && <Address text={advice.line} copyLabel={words.texts.copy.command} />}
          </div>
        )}
        {isRemoved && <p role="status">{adviceTexts.removed}</p>}
        {error !== undefined && <p role="alert">{words.error(error)}</p>}
      </Notice>
      {dialogs}
    </article>
  );

  /** The one that mends it, where we hold the command or the mapping; what it leads to is looked at by itself. */
  function adviceButton() {
    switch (advice.deed) {
      case undefined:
        return null;
      case 'start_on_all':
      case 'start_with_key':
        return (
          <Button
            onClick={() =>
              launch !== undefined &&
              show(advice.deed === 'start_on_all' ? 'edit-launch-open' : 'edit-launch', launch.id)
            }
          >
            {adviceTexts[advice.deed]}
          </Button>
        );
      case 'remove_mapping':
        return isRemoved ? (
          <Button onClick={askToRestart}>{words.texts.containers.restart}</Button>
        ) : (
          <Button
            busy={remove.running}
            onClick={() =>
              void remove
                .run({ containerId: container.id, port: service.port })
                .then((removed) => setIsRemoved(removed.ok))
            }
          >
            {adviceTexts.remove_mapping}
          </Button>
        );
    }
  }
}

/** What its recipe's form could change. */
function startedFromHere({ id, recipe }: Launch): StartedFromHere {
  const fields = findRecipe(recipe)?.fields ?? [];
  return {
    id,
    takesHost: fields.some(({ kind }) => kind === 'host'),
    takesKey: fields.some(({ key }) => key === 'apiKey' || key === 'token'),
  };
}
