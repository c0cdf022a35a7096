import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useClient, useEngine } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';

/** Why mapping is closed, and where it is opened. */
export function RealNameNotice() {
  const { accounts: texts } = useWords().texts;
  const client = useClient();
  const isClosed = useEngine(
    (engine) => engine.session.kind === 'open' && engine.session.realName === 'unverified',
  );
  if (!isClosed) return null;
  return (
    <Notice
      tone="info"
      actions={
        <Button look="quiet" onClick={() => void client.ask('shell.openPage', { page: 'real_name' })}>
          {texts.realNamePage}
        </Button>
      }
    >
      {texts.realName}
    </Notice>
  );
}
