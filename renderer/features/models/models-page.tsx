import { useMemo } from 'react';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { Select } from '../../components/select.tsx';
import { go, useEngine } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import { ModelPanel } from './model-panel.tsx';
import { modelServices } from './model-routes.ts';
import css from './models-page.module.css';

/** Every service that speaks OpenAI's protocol: to try, to use elsewhere, to measure. */
export function ModelsPage({ wanted }: { readonly wanted: string | undefined }) {
  const { models: texts } = useWords().texts;
  const services = useEngine((engine) => engine.services);
  const containers = useEngine((engine) => engine.containers);
  const all = useMemo(() => modelServices(services, containers), [services, containers]);
  const service = all.find(({ id }) => id === wanted) ?? all[0];
  return (
    <Page
      title={texts.title}
      actions={
        service !== undefined && (
          <Button look="quiet" onClick={() => go({ kind: 'service', id: service.id })}>
            {texts.service}
          </Button>
        )
      }
    >
      {service === undefined ? (
        <Empty title={texts.none} text={texts.noneText} />
      ) : (
        <>
          {all.length > 1 && (
            <div className={css.server}>
              <Select
                label={texts.server}
                value={service.id}
                options={all.map(({ id, name, kindName, containerId }) => ({
                  value: id,
                  text: [name, kindName, containers[containerId]?.name]
                    .filter((part) => part !== undefined)
                    .join(' · '),
                }))}
                onChange={(serviceId) => go({ kind: 'models', serviceId })}
              />
            </div>
          )}
          <ModelPanel key={service.id} service={service} />
        </>
      )}
    </Page>
  );
}
