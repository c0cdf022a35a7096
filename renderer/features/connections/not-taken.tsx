import type { Connection, NotTaken } from '../../../shared/model/connection.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './connections.module.css';

/** What stood in the command or the configuration and is not carried out, until the person has read it. */
export function NotTakenNotice({
  connection: { id },
  notTaken,
}: {
  readonly connection: Connection;
  readonly notTaken: readonly NotTaken[];
}) {
  const { texts } = useWords();
  const { notTaken: said } = texts.connections;
  const heed = useAction('connections.heed');
  return (
    <Notice
      tone="warn"
      actions={
        <Button busy={heed.running} onClick={() => void heed.run({ id })}>
          {said.heed}
        </Button>
      }
    >
      {said.title}
      <ul className={css.notTaken}>
        {notTaken.map(({ text, why, at }) => (
          <li key={`${at} ${text}`}>
            <code>{text}</code> {said.why[why]}
            {at !== undefined && <span className={css.soft}> {at}</span>}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
