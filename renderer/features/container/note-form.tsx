import { useState } from 'react';
import type { Container } from '../../../shared/model/container.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { MappingPair } from '../mapping-drafts/index.ts';
import css from './note-form.module.css';

/** Where the platform does not tell its mappings: they are written down by hand. */
export function NoteForm({ container }: { readonly container: Container }) {
  const words = useWords();
  const { mappingActions: texts } = words.texts;
  const note = useAction('mappings.note');
  const [typed, setTyped] = useState({ name: '', port: '' });
  const sentenceAt = (field: string) => (note.error?.field === field ? words.error(note.error) : undefined);
  return (
    <form
      className={css.form}
      aria-label={texts.noteTitle}
      onSubmit={(event) => {
        event.preventDefault();
        void note.run({ containerId: container.id, ...typed }).then((answer) => {
          if (answer.ok) setTyped({ name: '', port: '' });
        });
      }}
    >
      <p className={css.text}>{texts.noteText}</p>
      <MappingPair
        typed={typed}
        errorAt={sentenceAt}
        onChange={(next) => {
          setTyped(next);
          note.clear();
        }}
      />
      <Button type="submit" className={css.add} busy={note.running}>
        {texts.note}
      </Button>
      {note.error !== undefined && note.error.field === undefined && <ErrorNotice live error={note.error} />}
    </form>
  );
}
