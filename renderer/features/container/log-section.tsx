import { useState } from 'react';
import type { Container } from '../../../shared/model/container.ts';
import type { ContainerLog } from '../../../shared/model/creation.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Section } from '../../components/page.tsx';
import { TextBox } from '../../components/text-box.tsx';
import { useAge } from '../../store/now.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './log-section.module.css';

/** The end of the container's log, read when somebody wants it. */
export function LogSection({ container }: { readonly container: Container }) {
  const words = useWords();
  const { log: texts, copy, app } = words.texts;
  const load = useAction('containers.logs', { whileShown: true });
  const [log, setLog] = useState<ContainerLog>();
  return (
    <Section
      title={texts.title}
      aside={
        <>
          {log !== undefined && <Age at={log.at} />}
          {log !== undefined && log.text !== '' && <CopyButton text={log.text} label={copy.copy} />}
          {load.running && (
            <Button look="quiet" onClick={load.cancel}>
              {app.cancel}
            </Button>
          )}
          <Button
            look="quiet"
            busy={load.running}
            onClick={() =>
              void load.run({ containerId: container.id }).then((answer) => {
                if (answer.ok) setLog(answer.value);
              })
            }
          >
            {log === undefined ? texts.load : texts.again}
          </Button>
        </>
      }
    >
      {load.error !== undefined && <ErrorNotice live error={load.error} />}
      {log?.text === '' && <p className={css.note}>{texts.none}</p>}
      {log !== undefined && log.text !== '' && (
        <>
          <TextBox label={words.say(texts.label, { name: container.name })} text={log.text} />
          {log.truncated && <p className={css.note}>{texts.truncated}</p>}
        </>
      )}
    </Section>
  );
}

function Age({ at }: { readonly at: number }) {
  const words = useWords();
  const { log } = words.texts;
  const ms = useAge(at);
  return <span>{ms === 0 ? log.readNow : words.say(log.readAt, { age: words.age(ms) })}</span>;
}
