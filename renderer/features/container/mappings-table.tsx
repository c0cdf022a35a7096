import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Container, Mapping } from '../../../shared/model/container.ts';
import type { Account } from '../../../shared/model/instance.ts';
import { serviceId } from '../../../shared/model/service-id.ts';
import { canRunAgain, mappingAddress, maxMappings, ownerOf } from '../../../shared/platform-rules/index.ts';
import type { AppError } from '../../../shared/result.ts';
import { Address } from '../../components/address.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { Section } from '../../components/page.tsx';
import { useEngine } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import { OpenMark } from '../exposure/index.ts';
import { useRemoval } from '../toasts/index.ts';
import { MappingForm } from './mapping-form.tsx';
import { MappingMenu } from './mapping-menu.tsx';
import { type MappingRow, mappingRows } from './mapping-rows.ts';
import css from './mappings-table.module.css';
import { NoteForm } from './note-form.tsx';
import { TemplateMenu } from './template-menu.tsx';

/** What the container exposes now and after its next start, and the room for more. */
export function MappingsTable({
  container,
  onStart,
  onRestart,
}: {
  readonly container: Container;
  readonly onStart: () => void;
  readonly onRestart: () => void;
}) {
  const words = useWords();
  const { mappings: texts } = words.texts;
  const account = useEngine((engine) =>
    engine.session.kind === 'open' ? engine.session.account : undefined,
  );
  const remove = useRemoval('mappings.remove');
  const discard = useRemoval('mappings.discard');
  const [menuError, setMenuError] = useState<AppError>();
  const isVerified = useEngine(
    (engine) => engine.session.kind === 'open' && engine.session.realName !== 'unverified',
  );
  if (account === undefined) return null;
  const { rows, used } = mappingRows(container);
  const error = remove.error ?? discard.error ?? menuError;

  const removeIt = ({ name = '', port }: Mapping) =>
    void remove.run({ containerId: container.id, port }, name === '' ? `:${port}` : name);

  return (
    <Section
      title={texts.title}
      aside={
        <>
          {words.say(texts.used, { used, max: maxMappings })}
          <TemplateMenu container={container} />
        </>
      }
    >
      <div className={css.box}>
        {container.mappings === 'unknown' && <p className={css.none}>{texts.unknown}</p>}
        {container.mappings !== 'unknown' && rows.length === 0 && <p className={css.none}>{texts.none}</p>}
        {rows.length > 0 && (
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{texts.name}</th>
                <th scope="col">{texts.port}</th>
                <th scope="col">{texts.address}</th>
                <th>
                  <span className="unseen">{words.texts.app.more}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <MappingLine
                  key={`${row.mapping.port} ${row.mapping.name ?? ''} ${row.state}`}
                  container={container}
                  account={account}
                  row={row}
                  onRemove={() => removeIt(row.mapping)}
                  onError={setMenuError}
                />
              ))}
            </tbody>
          </table>
        )}
        {(container.mappings === 'unknown' || container.mappingsFrom === 'noted') && (
          <NoteForm container={container} />
        )}
        {isVerified && <MappingForm container={container} account={account} />}
      </div>
      {error !== undefined && (
        <div className={css.below}>
          <ErrorNotice live error={error} />
        </div>
      )}
      {container.pendingMappings !== undefined && (
        <Waiting
          container={container}
          onDiscard={() => void discard.run({ containerId: container.id }, container.name)}
          onRun={container.status.kind === 'running' ? onRestart : onStart}
        />
      )}
    </Section>
  );
}

/** One mapping: what it is, where it leads, and what can be done with it. */
function MappingLine({
  container,
  account,
  row: { mapping, state, by },
  onRemove,
  onError,
}: {
  readonly container: Container;
  readonly account: Account;
  readonly row: MappingRow;
  readonly onRemove: () => void;
  readonly onError: (error: AppError | undefined) => void;
}) {
  const { texts, say } = useWords();
  const { mappings, mappingActions, copy } = texts;
  const service = useEngine((engine) => engine.services[serviceId(container.id, mapping.port)]);
  const address = mappingAddress(account.instance, ownerOf(account), container, mapping).url;
  return (
    <tr data-state={state}>
      <td>
        {mapping.name ?? '—'}
        {state !== 'stays' && (
          <span className={css.tag}>{state === 'added' ? mappings.added : mappings.removed}</span>
        )}
        {by !== undefined && <span className={css.hint}>{mappingActions[by]}</span>}
      </td>
      <td className={css.port}>{mapping.port}</td>
      <td className={css.address}>
        <Address text={address} copyLabel={`${copy.address}: ${mapping.port}`} />
        {state !== 'added' && <OpenMark service={service} />}
        {mapping.name === undefined && state !== 'removed' && (
          <span className={css.hint}>{mappings.changesWithContainer}</span>
        )}
      </td>
      <td className={css.action}>
        {state !== 'removed' && (
          <>
            <MappingMenu container={container} mapping={mapping} isNoted={by === 'noted'} onError={onError} />
            <IconButton label={say(mappings.remove, { port: mapping.port })} onClick={onRemove}>
              <Trash2 />
            </IconButton>
          </>
        )}
      </td>
    </tr>
  );
}

/** Changes wait for the next start, which can be now. */
function Waiting({
  container,
  onDiscard,
  onRun,
}: {
  readonly container: Container;
  readonly onDiscard: () => void;
  readonly onRun: () => void;
}) {
  const { mappings: texts } = useWords().texts;
  return (
    <div className={css.below}>
      <Notice
        tone="info"
        actions={
          <>
            <Button look="quiet" onClick={onDiscard}>
              {texts.discard}
            </Button>
            {canRunAgain(container) && container.status.kind !== 'pending' && (
              <Button look="primary" busy={container.busy !== undefined} onClick={onRun}>
                {container.status.kind === 'running' ? texts.pendingRunning : texts.pendingEnded}
              </Button>
            )}
          </>
        }
      >
        {texts.pendingTitle}
      </Notice>
    </div>
  );
}
