import { Copy, Ellipsis, MoveRight, Pencil } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Container, Mapping } from '../../../shared/model/container.ts';
import {
  type MappingDraft,
  mappingContext,
  mappingsOfNextRun,
  ownerOf,
} from '../../../shared/platform-rules/index.ts';
import type { AppError } from '../../../shared/result.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Menu, type MenuEntry } from '../../components/menu.tsx';
import { Notice } from '../../components/notice.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { type CheckedLine, checkLines } from '../creation/check-lines.ts';
import css from './mapping-menu.module.css';

/** Containers that are offered as a goal; more would be a list of their own. */
const mostGoals = 8;

/** Changes one mapping, or takes it to another container. */
export function MappingMenu({
  container,
  mapping,
  onError,
}: {
  readonly container: Container;
  readonly mapping: Mapping;
  readonly onError: (error: AppError | undefined) => void;
}) {
  const words = useWords();
  const { mappingActions: texts } = words.texts;
  const all = useEngine((engine) => engine.containers);
  const copy = useAction('mappings.copy');
  const move = useAction('mappings.move');
  const [isChanging, setIsChanging] = useState(false);
  const goals = Object.values(all)
    .filter(({ id }) => id !== container.id)
    .sort((a, b) => a.name.localeCompare(b.name))
    .slice(0, mostGoals);
  const to = (goal: Container) => ({ containerId: container.id, port: mapping.port, to: goal.id });
  const tell = (answer: { readonly ok: boolean; readonly error?: AppError }) =>
    onError(answer.ok ? undefined : answer.error);

  const entries: MenuEntry[] = [
    { text: texts.rename, icon: <Pencil />, onChoose: () => setIsChanging(true) },
    ...goals.map((goal, index) => ({
      text: words.say(texts.copyTo, { name: goal.name }),
      icon: <Copy />,
      apart: index === 0,
      onChoose: () => void copy.run(to(goal)).then(tell),
    })),
    ...goals.map((goal, index) => ({
      text: words.say(texts.moveTo, { name: goal.name }),
      icon: <MoveRight />,
      apart: index === 0,
      onChoose: () => void move.run(to(goal)).then(tell),
    })),
  ];

  return (
    <>
      <Menu
        trigger={
          <IconButton label={words.say(texts.more, { port: mapping.port })}>
            <Ellipsis />
          </IconButton>
        }
        entries={entries}
      />
      {isChanging && (
        <ChangeDialog container={container} mapping={mapping} onClose={() => setIsChanging(false)} />
      )}
    </>
  );
}

function ChangeDialog({
  container,
  mapping,
  onClose,
}: {
  readonly container: Container;
  readonly mapping: Mapping;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { mappingActions: texts, mappings, app } = words.texts;
  const change = useAction('mappings.change');
  const [typed, setTyped] = useState({ name: mapping.name ?? '', port: String(mapping.port) });
  const line = useCheckedChange(container, mapping, typed);
  const sentenceAt = (field: 'name' | 'port') => {
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
        <Field
          label={mappings.nameOptional}
          value={typed.name}
          error={sentenceAt('name')}
          onChange={(event) => {
            setTyped({ ...typed, name: event.target.value });
            change.clear();
          }}
        />
        <Field
          label={mappings.port}
          inputMode="numeric"
          value={typed.port}
          error={sentenceAt('port')}
          onChange={(event) => {
            setTyped({ ...typed, port: event.target.value });
            change.clear();
          }}
        />
        {change.error !== undefined && change.error.field === undefined && (
          <Notice tone="down" live>
            {words.error(change.error)}
          </Notice>
        )}
        <DialogActions>
          <Button onClick={onClose}>{app.cancel}</Button>
          <Button
            look="primary"
            type="submit"
            busy={change.running}
            disabled={line !== undefined && line.mapping === undefined}
          >
            {texts.save}
          </Button>
        </DialogActions>
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
