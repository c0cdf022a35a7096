import { BookmarkPlus, Layers, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Container } from '../../../shared/model/container.ts';
import { isBuiltIn } from '../../../shared/platform-rules/index.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions, FormActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { Menu, type MenuEntry } from '../../components/menu.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { useRemoval } from '../toasts/index.ts';
import css from './template-menu.module.css';

/** Adds a set of mappings at once, or keeps those of this container as one. */
export function TemplateMenu({ container }: { readonly container: Container }) {
  const words = useWords();
  const { mappingActions: texts, app } = words.texts;
  const templates = useEngine((engine) => engine.templates);
  const apply = useAction('mappings.applyTemplate');
  const remove = useRemoval('templates.remove');
  const [skipped, setSkipped] = useState<readonly string[]>([]);
  const [isSaving, setIsSaving] = useState(false);
  const current = container.pendingMappings ?? (container.mappings === 'unknown' ? [] : container.mappings);

  async function add(templateId: string) {
    const answer = await apply.run({ containerId: container.id, templateId });
    if (!answer.ok) return;
    setSkipped(
      answer.value.skipped.map(({ mapping, error }) =>
        words.say(texts.skipped, { port: mapping.port, reason: words.error(error) }),
      ),
    );
  }

  const own = templates.filter(({ id }) => !isBuiltIn(id));
  const entries: MenuEntry[] = [
    ...templates.map(({ id, title }) => ({
      text: title,
      icon: <Layers />,
      onChoose: () => void add(id),
    })),
    {
      text: texts.saveTemplate,
      icon: <BookmarkPlus />,
      apart: true,
      disabled: current.length === 0,
      onChoose: () => setIsSaving(true),
    },
    ...own.map((template) => ({
      text: words.say(texts.templateRemove, { title: template.title }),
      icon: <Trash2 />,
      onChoose: () => void remove.run({ templateId: template.id }, template.title),
    })),
  ];
  const error = apply.error ?? remove.error;

  return (
    <>
      <Menu trigger={<Button look="quiet">{texts.template}</Button>} entries={entries} />
      {(skipped.length > 0 || error !== undefined) && (
        <Dialog
          open
          title={texts.template}
          onClose={() => {
            setSkipped([]);
            apply.clear();
            remove.clear();
          }}
        >
          {error !== undefined && <ErrorNotice error={error} />}
          {skipped.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <DialogActions>
            <Button onClick={() => setSkipped([])}>{app.close}</Button>
          </DialogActions>
        </Dialog>
      )}
      {isSaving && <SaveDialog mappings={current} onClose={() => setIsSaving(false)} />}
    </>
  );
}

function SaveDialog({
  mappings,
  onClose,
}: {
  readonly mappings: Exclude<Container['mappings'], 'unknown'>;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { mappingActions: texts } = words.texts;
  const save = useAction('templates.save');
  const [title, setTitle] = useState('');
  return (
    <Dialog open title={texts.saveTemplate} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save
            .run({ id: crypto.randomUUID(), title, mappings: [...mappings] })
            .then((answer) => answer.ok && onClose());
        }}
      >
        <Field
          label={texts.templateTitle}
          value={title}
          error={save.error === undefined ? undefined : words.error(save.error)}
          onChange={(event) => {
            setTitle(event.target.value);
            save.clear();
          }}
        />
        <FormActions
          action={texts.templateSave}
          busy={save.running}
          disabled={title.trim() === ''}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}
