import { Copy, Ellipsis, Eraser, MoveRight, Pencil } from 'lucide-react';
import { useState } from 'react';
import type { Container, Mapping } from '../../../shared/model/container.ts';
import type { AppError } from '../../../shared/result.ts';
import { IconButton } from '../../components/button.tsx';
import { Menu, type MenuEntry } from '../../components/menu.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { useRemoval } from '../toasts/index.ts';
import { ChangeMapping } from './change-mapping.tsx';
import { SendMapping } from './send-mapping.tsx';

/** Containers that the menu itself offers as a goal; of more, one is chosen in a list of their own. */
const mostGoals = 8;

/** Changes one mapping, or takes it to another container. */
export function MappingMenu({
  container,
  mapping,
  isNoted,
  onError,
}: {
  readonly container: Container;
  readonly mapping: Mapping;
  /** It stands by a note only, which can be taken back. */
  readonly isNoted: boolean;
  readonly onError: (error: AppError | undefined) => void;
}) {
  const words = useWords();
  const { mappingActions: texts } = words.texts;
  const all = useEngine((engine) => engine.containers);
  const copy = useAction('mappings.copy');
  const move = useAction('mappings.move');
  const forget = useRemoval('mappings.forgetNote');
  const [dialog, setDialog] = useState<'change' | 'send'>();
  const others = Object.values(all)
    .filter(({ id }) => id !== container.id)
    .sort((a, b) => a.name.localeCompare(b.name));
  const goals = others.length > mostGoals ? [] : others;
  const to = (goal: Container) => ({ containerId: container.id, port: mapping.port, to: goal.id });
  const tell = (answer: { readonly ok: boolean; readonly error?: AppError }) =>
    onError(answer.ok ? undefined : answer.error);

  const entries: MenuEntry[] = [
    { text: texts.rename, icon: <Pencil />, onChoose: () => setDialog('change') },
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
    ...(others.length > mostGoals
      ? [{ text: texts.elsewhere, icon: <Copy />, apart: true, onChoose: () => setDialog('send') }]
      : []),
    ...(isNoted
      ? [
          {
            text: words.say(texts.forgetNote, { port: mapping.port }),
            icon: <Eraser />,
            apart: true,
            onChoose: () =>
              void forget
                .run({ containerId: container.id, port: mapping.port }, mapping.name ?? `:${mapping.port}`)
                .then(tell),
          },
        ]
      : []),
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
      {dialog === 'change' && (
        <ChangeMapping container={container} mapping={mapping} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'send' && (
        <SendMapping
          goals={others}
          port={mapping.port}
          onSend={(how, goal) => void (how === 'copy' ? copy : move).run(to(goal)).then(tell)}
          onClose={() => setDialog(undefined)}
        />
      )}
    </>
  );
}
