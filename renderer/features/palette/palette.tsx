import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { AppError } from '../../../shared/result.ts';
import { Notice } from '../../components/notice.tsx';
import { go, show, useClient, useEngine } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import { usePlaces } from '../frame/use-places.ts';
import { type Command, type CommandGroup, commandGroups } from './commands.ts';
import css from './palette.module.css';

/** More than anybody reads; typing narrows it down. */
const mostShown = 60;

/** Every action and every service, by a few letters. */
export function Palette({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { texts } = useWords();
  const [error, setError] = useState<AppError>();
  return (
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
            onDone={(failure) => {
              setError(failure);
              if (failure === undefined) onClose();
            }}
          />
          {error !== undefined && <Failure error={error} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Failure({ error }: { readonly error: AppError }) {
  const words = useWords();
  return (
    <div className={css.failure}>
      <Notice tone="down" live>
        {words.error(error)}
      </Notice>
    </div>
  );
}

function Commands({ onDone }: { readonly onDone: (failure: AppError | undefined) => void }) {
  const words = useWords();
  const { palette } = words.texts;
  const client = useClient();
  const services = useEngine((engine) => engine.services);
  const containers = useEngine((engine) => engine.containers);
  const places = usePlaces();
  const groups = useMemo(
    () =>
      commandGroups({ services: Object.values(services), containers, places }, words).map((group) => ({
        value: group.title,
        items: group.commands,
      })),
    [services, containers, places, words],
  );

  async function choose({ deed }: Command) {
    if (deed.kind === 'go') {
      go(deed.place);
      onDone(undefined);
      return;
    }
    if (deed.kind === 'show') {
      onDone(undefined);
      show(deed.dialog);
      return;
    }
    const result = await client.ask(deed.name, deed.input);
    onDone(result.ok ? undefined : result.error);
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
                  onClick={() => void choose(command)}
                >
                  <span className={css.text}>{command.text}</span>
                  <span className={css.note}>{command.note}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}
