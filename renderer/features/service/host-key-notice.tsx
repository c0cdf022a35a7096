import type { Container } from '../../../shared/model/container.ts';
import type { Service } from '../../../shared/model/service.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './host-key-notice.module.css';

/** The same run with another key: everything stops until a person says that they know why. */
export function HostKeyNotice({
  service,
  container,
}: {
  readonly service: Service;
  readonly container: Container;
}) {
  const words = useWords();
  const { containers: texts } = words.texts;
  const accept = useAction('hostKeys.accept');
  const { state } = service.tunnel;
  if (state.kind !== 'failed' || state.error.code !== 'ssh_host_key_changed') return null;
  const { expected = '', got = '' } = state.error.params ?? {};
  return (
    <Notice
      tone="down"
      live
      actions={
        <Button
          busy={accept.running}
          onClick={() => void accept.run({ containerId: container.id, fingerprint: String(got) })}
        >
          {texts.acceptKey}
        </Button>
      }
    >
      {words.error(state.error)}
      <dl className={css.keys}>
        <dt>{texts.keyBefore}</dt>
        <dd>
          <code>{expected}</code>
        </dd>
        <dt>{texts.keyNow}</dt>
        <dd>
          <code>{got}</code>
        </dd>
      </dl>
      {accept.error !== undefined && <p role="alert">{words.error(accept.error)}</p>}
    </Notice>
  );
}
