import { useEffect, useState } from 'react';
import type { LanguageModel, LlmRoute } from '../../../shared/model/llm.ts';
import type { Service } from '../../../shared/model/service.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Select } from '../../components/select.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { KeyForm } from '../service-key/index.ts';
import { ChatPanel } from './chat-panel.tsx';
import css from './model-panel.module.css';
import { needsKey, routesTo } from './model-routes.ts';
import { SnippetsPanel } from './snippets-panel.tsx';
import { SpeedPanel } from './speed-panel.tsx';

const parts = ['chat', 'snippet', 'speed'] as const;
type Part = (typeof parts)[number];

/** One server of language models over the route of choice. */
export function ModelPanel({ service }: { readonly service: Service }) {
  const words = useWords();
  const { models: texts } = words.texts;
  const routes = routesTo(service);
  const status = useEngine((engine) => engine.containers[service.containerId]?.status.kind);
  const openTunnel = useAction('tunnels.open');
  const isOpening = service.tunnel.state.kind === 'connecting' || service.tunnel.state.kind === 'verifying';
  const [wanted, setWanted] = useState<LlmRoute>();
  const chosen = routes.find(({ route }) => route === wanted) ?? routes[0];
  const [part, setPart] = useState<Part>('chat');
  const [modelId, setModelId] = useState<string>();
  const { models, error, running, again } = useModels(
    service.id,
    chosen?.route,
    service.local?.details?.hasCredential,
  );
  const model = models?.find(({ id }) => id === modelId) ?? models?.[0];
  const isGuarded =
    needsKey(service) || error?.code === 'llm_key_needed' || error?.code === 'llm_key_refused';

  return (
    <div className={css.panel}>
      <div className={css.choices}>
        {chosen !== undefined && (
          <div className={css.choice}>
            <span className={css.label}>{texts.route}</span>
            <Segmented
              label={texts.route}
              value={chosen.route}
              options={routes.map(({ route }) => ({ value: route, text: texts.routes[route] }))}
              onChange={setWanted}
            />
          </div>
        )}
        {models !== undefined && model !== undefined && (
          <Select
            label={texts.model}
            value={model.id}
            options={models.map(({ id }) => ({ value: id, text: id }))}
            onChange={setModelId}
          />
        )}
        {model?.contextLength !== undefined && (
          <span className={css.context}>
            {words.say(texts.context, { n: model.contextLength.toLocaleString(words.language) })}
          </span>
        )}
      </div>
      {chosen === undefined &&
        (status === 'running' ? (
          <Notice
            tone="info"
            actions={
              <Button
                busy={openTunnel.running || isOpening}
                onClick={() => void openTunnel.run({ serviceId: service.id })}
              >
                {words.texts.services.openTunnel}
              </Button>
            }
          >
            {openTunnel.error === undefined ? texts.noRoute : words.error(openTunnel.error)}
          </Notice>
        ) : (
          <Notice tone="info">{texts.containerStopped}</Notice>
        ))}
      {error !== undefined && (
        <Notice
          tone="warn"
          live
          actions={
            <Button look="quiet" busy={running} onClick={again}>
              {texts.again}
            </Button>
          }
        >
          {words.error(error)}
        </Notice>
      )}
      {isGuarded && (
        <KeyForm
          serviceId={service.id}
          isKept={service.local?.details?.hasCredential === true}
          label={texts.key}
          hint={texts.keyHint}
        />
      )}
      {chosen !== undefined && models === undefined && error === undefined && (
        <p className={css.note} role="status">
          {texts.loading}
        </p>
      )}
      {models?.length === 0 && <p className={css.note}>{texts.noModels}</p>}
      {chosen !== undefined && model !== undefined && (
        <>
          <Segmented
            label={texts.parts}
            value={part}
            options={parts.map((value) => ({ value, text: words.texts[value].title }))}
            onChange={setPart}
          />
          {part === 'chat' && <ChatPanel service={service} route={chosen.route} model={model.id} />}
          {part === 'snippet' && <SnippetsPanel service={service} route={chosen} model={model.id} />}
          {part === 'speed' && <SpeedPanel service={service} model={model.id} />}
        </>
      )}
    </div>
  );
}

/** The models of a server, asked for over this route; again when a key was kept or forgotten. */
function useModels(serviceId: string, route: LlmRoute | undefined, hasKey: boolean | undefined) {
  const { run, error, running } = useAction('llm.models', { whileShown: true });
  const [models, setModels] = useState<readonly LanguageModel[]>();
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a key and a new round ask again, although nothing else changed.
  useEffect(() => {
    let isOld = false;
    setModels(undefined);
    if (route === undefined) return;
    void run({ serviceId, route }).then((answer) => {
      if (!isOld && answer.ok) setModels(answer.value);
    });
    return () => {
      isOld = true;
    };
  }, [run, serviceId, route, hasKey, round]);
  return { models, error, running, again: () => setRound((before) => before + 1) };
}
