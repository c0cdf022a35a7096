import { useEffect, useState } from 'react';
import type { RequestAnswer } from '../../../shared/contract/requests.ts';
import { serviceId } from '../../../shared/model/service-id.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { go, useClient, useEngine } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';

/** Something that looks like an address was pasted into the filter: whose is it? */
export function PastedAddress({ text }: { readonly text: string }) {
  const words = useWords();
  const { mappingActions: texts } = words.texts;
  const client = useClient();
  const [found, setFound] = useState<RequestAnswer<'mappings.find'>>();
  const name = useEngine((engine) =>
    found === undefined ? undefined : engine.containers[found.containerId]?.name,
  );
  const isService = useEngine(
    (engine) =>
      found !== undefined && Object.hasOwn(engine.services, serviceId(found.containerId, found.port)),
  );

  useEffect(() => {
    const life = new AbortController();
    setFound(undefined);
    void client.ask('mappings.find', { address: text }, life.signal).then((answer) => {
      if (!life.signal.aborted && answer.ok) setFound(answer.value);
    });
    return () => life.abort();
  }, [client, text]);

  if (found === undefined || name === undefined) return null;
  const sentence = found.form === 'legacy' ? texts.pastedLegacy : texts.pasted;
  return (
    <Notice
      tone="info"
      live
      actions={
        <Button
          look="quiet"
          onClick={() =>
            go(
              isService
                ? { kind: 'service', id: serviceId(found.containerId, found.port) }
                : { kind: 'container', id: found.containerId },
            )
          }
        >
          {texts.show}
        </Button>
      }
    >
      {words.say(sentence, { name, port: found.port })}
    </Notice>
  );
}

/** Whole addresses only: words of a search have no dots and slashes in this order. */
export const looksLikeAddress = (text: string): boolean =>
  /^(https?:\/\/)?[\w-]+(\.[\w-]+)+(:\d+)?(\/\S*)?$/i.test(text.trim()) && text.includes('.');
