import { useState } from 'react';
import {
  asksFor,
  asksFromAfar,
  fromDocuments,
  type SnippetId,
  snippetsFor,
} from '../../../shared/llm/snippets.ts';
import type { Service } from '../../../shared/model/service.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Select } from '../../components/select.tsx';
import { useWords } from '../../words/use-words.ts';
import { OpenMark } from '../exposure/index.ts';
import { useProgramAddress } from '../program-address/index.ts';
import { type ModelRoute, needsKey, routesTo } from './model-routes.ts';
import css from './snippets-panel.module.css';

/** Ready settings and programs for the chosen model by the chosen address. */
export function SnippetsPanel({
  service,
  route: chosen,
  model,
}: {
  readonly service: Service;
  readonly route: ModelRoute;
  readonly model: string;
}) {
  const words = useWords();
  const { snippet: texts } = words.texts;
  const [id, setId] = useState<SnippetId>('python');
  const isAfar = asksFromAfar.has(id);
  const open = routesTo(service).find(({ route }) => route === 'public');
  const { route, base } = isAfar ? (open ?? chosen) : chosen;
  const makeAddress = useProgramAddress(service);
  /** With the address that programs of this computer can use, asked for when it is copied. */
  const copied = async () => {
    const address = await makeAddress();
    const made = snippetsFor({ base: `${address.replace(/\/$/, '')}/v1`, model, needsKey: asksForKey });
    return made.find((snippet) => snippet.id === id)?.text ?? '';
  };
  // Behind the stable address the kept key is added by Gearway itself.
  const isAdded = route === 'local' && service.local?.details?.hasCredential === true;
  const asksForKey = needsKey(service) && !isAdded;
  const snippets = snippetsFor({ base, model, needsKey: asksForKey });
  const path = asksFor[id];
  const shown = snippets.find((snippet) => snippet.id === id);
  return (
    <section className={css.panel} aria-label={texts.title}>
      <p className={css.text}>
        {[
          words.say(texts.text, { base }),
          ...(route === 'local' ? [texts.localText] : []),
          ...(asksForKey ? [texts.keyPlace] : []),
          ...(path === undefined ? [] : [words.say(texts.asksFor, { program: texts[id], path })]),
          ...(fromDocuments.has(id) ? [words.say(texts.fromDocuments, { program: texts[id] })] : []),
        ].join(words.gap)}
      </p>
      {route === 'public' && <OpenMark service={service} />}
      {isAfar && chosen.route !== 'public' && (
        <Notice tone={open === undefined ? 'warn' : 'info'}>
          {open === undefined ? texts.needsPublic : texts.takesPublic}
        </Notice>
      )}
      <Select
        label={texts.program}
        value={id}
        options={snippets.map((snippet) => ({ value: snippet.id, text: texts[snippet.id] }))}
        onChange={setId}
      />
      {shown !== undefined && (
        <div className={css.box}>
          <pre
            className={css.code}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard.
            tabIndex={0}
          >
            {shown.text}
          </pre>
          <span className={css.copy}>
            <CopyButton
              text={shown.text}
              label={texts.copy}
              makeText={route === 'local' ? copied : undefined}
            />
          </span>
        </div>
      )}
    </section>
  );
}
