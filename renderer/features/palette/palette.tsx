import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { RequestName } from '../../../shared/contract/requests.ts';
import type { Removed } from '../../../shared/model/removed.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import { Confirm } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { go, show, useClient, useEngine, useShell } from '../../store/context.ts';
import type { Place } from '../../store/place.ts';
import { useWords } from '../../words/use-words.ts';
import { usePlaces } from '../places/index.ts';
import { isRemoval, say, useUndo } from '../toasts/index.ts';
import type { Command, CommandGroup, Order, Question } from './command.ts';
import { commandGroups } from './commands.ts';
import css from './palette.module.css';

/** Where something that takes a while shows how far it is. */
const leadsTo: Readonly<Partial<Record<RequestName, Place>>> = {
  'comparison.start': { kind: 'compare' },
  'audit.start': { kind: 'compare' },
};

/** More than anybody reads; typing narrows it down. */
const mostShown = 60;

/** Every action and every service, by a few letters. */
export function Palette({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const words = useWords();
  const { texts } = words;
  const client = useClient();
  const [error, setError] = useState<AppError>();
  const [question, setQuestion] = useState<Question>();
  const [isAsked, setIsAsked] = useState(false);
  /** Opened again while it fades, it begins anew: what was typed before would stand before what is typed now. */
  const [opening, setOpening] = useState({ open, count: 0 });
  if (opening.open !== open) {
    setOpening({ open, count: opening.count + (open ? 1 : 0) });
    if (open) setError(undefined);
  }

  /** The palette is gone by then: what goes wrong is said at the foot of the window. */
  async function run({ name, input }: Order) {
    const result = await client.ask(name, input);
    if (!result.ok && result.error.code !== 'cancelled') say(words.error(result.error));
  }

  return (
    <>
      <Dialog.Root
        open={open}
        onOpenChange={(next) => {
          if (!next) onClose();
        }}
      >
        <Dialog.Portal>
          <Dialog.Backdrop className={css.backdrop} />
          <Dialog.Popup className={css.popup} aria-label={texts.palette.title}>
            <Commands
              key={opening.count}
              onDone={(failure) => {
                setError(failure);
                if (failure === undefined) onClose();
              }}
              onAsk={(asked) => {
                setQuestion(asked);
                setIsAsked(true);
                onClose();
              }}
            />
            {error !== undefined && <Failure error={error} />}
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
      {question !== undefined && (
        <Confirm
          {...question}
          open={isAsked}
          onConfirm={() => void run(question.order)}
          onClose={() => setIsAsked(false)}
        />
      )}
    </>
  );
}

function Failure({ error }: { readonly error: AppError }) {
  return (
    <div className={css.failure}>
      <ErrorNotice live error={error} />
    </div>
  );
}

function Commands({
  onDone,
  onAsk,
}: {
  readonly onDone: (failure: AppError | undefined) => void;
  readonly onAsk: (question: Question) => void;
}) {
  const words = useWords();
  const { palette } = words.texts;
  const client = useClient();
  const { services, containers, connections, launches, accounts, comparison, audit, proxy } = useEngine(
    (engine) => engine,
  );
  const undo = useUndo();
  /** The command whose answer is waited for. */
  const [running, setRunning] = useState<string>();
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const settings = useShell((shell) => shell.settings);
  const programs = useShell((shell) => shell.programs);
  const places = usePlaces();
  const groups = useMemo(
    () =>
      commandGroups(
        {
          services,
          containers,
          connections,
          launches,
          accounts,
          comparison,
          audit,
          proxy,
          settings,
          programs,
          places,
        },
        words,
      ).map((group) => ({ value: group.title, items: group.commands })),
    [
      services,
      containers,
      connections,
      launches,
      accounts,
      comparison,
      audit,
      proxy,
      settings,
      programs,
      places,
      words,
    ],
  );

  async function choose({ id, deed, subject = '' }: Command) {
    if (running !== undefined) return;
    if (deed.kind === 'go') {
      onDone(undefined);
      go(deed.place);
      return;
    }
    if (deed.kind === 'show') {
      onDone(undefined);
      show(deed.dialog, deed.about);
      return;
    }
    if (deed.kind === 'confirm') {
      onAsk(deed.question);
      return;
    }
    setRunning(id);
    const result = await client.ask(deed.name, deed.input);
    setRunning(undefined);
    if (result.ok && (deed.name === 'shell.save' || deed.name === 'shell.exportHar'))
      say(words.say(words.texts.history.saved, result.value as { readonly file: string }));
    if (isRemoval(deed.name)) undo(deed.name, result as Result<Removed>, subject);
    const place = leadsTo[deed.name];
    if (result.ok && place !== undefined) go(place);
    const failure = result.ok || result.error.code === 'cancelled' ? undefined : result.error;
    if (isShown.current) onDone(failure);
    // It was closed meanwhile; the order went on.
    else if (failure !== undefined) say(words.error(failure));
  }

  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      limit={mostShown}
      autoHighlight="always"
      keepHighlight
      itemToStringValue={(command: Command) => `${command.text} ${command.note ?? ''}`}
    >
      <Autocomplete.InputGroup className={css.search}>
        <Search aria-hidden="true" />
        <Autocomplete.Input className={css.input} aria-label={palette.title} placeholder={palette.hint} />
      </Autocomplete.InputGroup>
      <Autocomplete.Empty>
        <div className={css.empty}>{palette.nothing}</div>
      </Autocomplete.Empty>
      <Autocomplete.List className={css.list}>
        {(group: { readonly value: CommandGroup['title']; readonly items: readonly Command[] }) => (
          <Autocomplete.Group key={group.value} items={group.items}>
            <Autocomplete.GroupLabel className={css.group}>{group.value}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => (
                <Autocomplete.Item
                  key={command.id}
                  value={command}
                  className={css.item}
                  aria-busy={command.id === running}
                  onClick={() => void choose(command)}
                >
                  <span className={css.text}>{command.text}</span>
                  <span className={css.note}>
                    {command.id === running ? <StateMark mark="working" /> : command.note}
                  </span>
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}
