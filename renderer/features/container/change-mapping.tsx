import { useMemo, useState } from 'react';
import type { Container, Mapping } from '../../../shared/model/container.ts';
import {
  type MappingDraft,
  mappingContext,
  mappingsOfNextRun,
  ownerOf,
} from '../../../shared/platform-rules/index.ts';
import { Dialog, FormActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { type CheckedLine, checkLines, type MappingField, MappingPair } from '../mapping-drafts/index.ts';
import css from './mapping-menu.module.css';

/** Another name or port for one mapping, checked while it is typed. */
export function ChangeMapping({
  container,
  mapping,
  onClose,
}: {
  readonly container: Container;
  readonly mapping: Mapping;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { mappingActions: texts } = words.texts;
  const change = useAction('mappings.change');
  const [typed, setTyped] = useState({ name: mapping.name ?? '', port: String(mapping.port) });
  const line = useCheckedChange(container, mapping, typed);
  const sentenceAt = (field: MappingField) => {
    const wrong = line?.[field] ?? (change.error?.field === field ? change.error : undefined);
    return wrong === undefined ? undefined : words.error(wrong);
  };
  return (
    <Dialog open title={`${texts.rename}: ${mapping.port}`} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          void change
            .run({ containerId: container.id, oldPort: mapping.port, ...typed })
            .then((answer) => answer.ok && onClose());
        }}
      >
        <MappingPair
          typed={typed}
          errorAt={sentenceAt}
          onChange={(next) => {
            setTyped(next);
            change.clear();
          }}
        />
        {change.error !== undefined && change.error.field === undefined && (
          <ErrorNotice live error={change.error} />
        )}
        <FormActions
          action={texts.save}
          busy={change.running}
          disabled={line !== undefined && line.mapping === undefined}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}

/** The mapping as it is typed, by the rules of the account and beside the others of its container. */
function useCheckedChange(
  container: Container,
  mapping: Mapping,
  typed: MappingDraft,
): CheckedLine | undefined {
  const containers = useEngine((engine) => engine.containers);
  const session = useEngine((engine) => engine.session);
  return useMemo(() => {
    if (session.kind !== 'open') return undefined;
    const facts = { owner: ownerOf(session.account), realName: session.realName };
    const others = mappingsOfNextRun(container).filter(({ port }) => port !== mapping.port);
    const context = mappingContext(Object.values(containers), facts, { containerId: container.id });
    return checkLines([typed], { ...context, existing: others })[0];
  }, [containers, session, container, mapping, typed]);
}
