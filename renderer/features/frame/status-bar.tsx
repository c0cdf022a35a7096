import { useState } from 'react';
import type { AppError } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { Stale } from '../../components/stale.tsx';
import { go, useEngine, useShell } from '../../store/context.ts';
import { useAge } from '../../store/now.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { RealNameNotice, TokenNotice } from '../accounts/index.ts';
import { countAfterRestart } from './after-restart.ts';
import { FileNotices } from './file-notices.tsx';
import css from './status-bar.module.css';

/** How long it is worth saying that the engine came back, in ms. */
const saidMs = 30_000;

const fates = ['open', 'coming', 'waiting', 'broken'] as const;

/** Above every place: what concerns the whole application, and only while it does. */
export function StatusBar() {
  return (
    <div className={css.bar}>
      <FileNotices />
      <EngineNotice />
      <ProxyNotice />
      <TokenNotice />
      <ReachNotice />
      <RealNameNotice />
      <KeychainNotice />
    </div>
  );
}

function EngineNotice() {
  const { texts } = useWords();
  const engine = useShell((shell) => shell.engine);
  if (engine.kind === 'restarting')
    return (
      <Notice tone="warn" live>
        {texts.status.restarting}
      </Notice>
    );
  return engine.kind === 'running' && engine.restartedAt !== undefined ? (
    <Restarted at={engine.restartedAt} />
  ) : null;
}

function Restarted({ at }: { readonly at: number }) {
  const words = useWords();
  const { status } = words.texts;
  const services = useEngine((engine) => engine.services);
  const connections = useEngine((engine) => engine.connections);
  if (useAge(at) >= saidMs) return null;
  const counts = countAfterRestart(Object.values(services), Object.values(connections));
  const parts = fates.filter((fate) => counts[fate] > 0);
  const said = parts.map((fate) => words.say(status.afterRestart[fate], { n: counts[fate] }));
  return (
    <Notice tone={counts.waiting + counts.broken > 0 ? 'warn' : 'info'} live>
      {status.restarted}{' '}
      {said.length > 0 && words.say(status.restartedTunnels, { counts: said.join(status.between) })}{' '}
      {counts.waiting > 0 && (
        <Button look="quiet" onClick={() => go({ kind: 'connections' })}>
          {status.seeConnections}
        </Button>
      )}
    </Notice>
  );
}

/** Local addresses that are not where they were, or nowhere: what was set up with them does not work. */
function ProxyNotice() {
  const words = useWords();
  const proxy = useEngine((engine) => engine.proxy);
  if (proxy.kind === 'failed')
    return (
      <ErrorNotice tone="warn" live error={proxy.error}>
        {words.texts.status.proxyTries}
      </ErrorNotice>
    );
  if (proxy.kind !== 'listening' || proxy.takenPort === undefined) return null;
  return (
    <Notice tone="warn" live>
      {words.say(words.texts.status.proxyMoved, { taken: proxy.takenPort, port: proxy.port })}
    </Notice>
  );
}

function ReachNotice() {
  const words = useWords();
  const { status } = words.texts;
  const reach = useEngine((engine) => (engine.session.kind === 'open' ? engine.session.reach : undefined));
  const refresh = useAction('containers.refresh');
  // An engine that is being started asks nobody, and its own notice stands above.
  const isRunning = useShell((shell) => shell.engine.kind === 'running');
  if (!isRunning) return null;
  if (reach?.kind === 'asking' && reach.lastAt !== undefined)
    return (
      <Notice tone="info">
        {status.asking}
        {words.gap}
        <Stale at={reach.lastAt} />
      </Notice>
    );
  // A token is asked for in its own place.
  if (reach?.kind !== 'failed' || asksToken(reach.error)) return null;
  return (
    <ErrorNotice
      tone="warn"
      live
      error={reach.error}
      actions={
        <>
          {refresh.running && (
            <Button look="quiet" onClick={refresh.cancel}>
              {words.texts.app.cancel}
            </Button>
          )}
          <Button look="quiet" busy={refresh.running} onClick={() => void refresh.run({})}>
            {status.retry}
          </Button>
        </>
      }
    >
      {reach.lastAt !== undefined && <Stale at={reach.lastAt} />}
    </ErrorNotice>
  );
}

const asksToken = ({ code }: AppError): boolean => code === 'token_refused' || code === 'token_missing';

/** Said to those who would lose a token by it: the local platform has none that matters. */
function KeychainNotice() {
  const { texts } = useWords();
  const [isSeen, setIsSeen] = useState(false);
  const tier = useShell((shell) => shell.secrets);
  const isLocal = useEngine(
    (engine) => engine.session.kind === 'open' && engine.session.account.instance.kind === 'local',
  );
  // Where the token is gone already, whoever asks for it says why.
  const isGone = useEngine((engine) =>
    Object.values(engine.accounts).some(({ open, token }) => open && token === 'missing'),
  );
  if (tier === 'keychain' || isLocal || isGone || isSeen) return null;
  return (
    <Notice
      tone="info"
      actions={
        <Button look="quiet" onClick={() => setIsSeen(true)}>
          {texts.app.close}
        </Button>
      }
    >
      {texts.status.noKeychain}
    </Notice>
  );
}
