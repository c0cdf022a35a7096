import { useState } from 'react';
import type { RequestInput } from '../../../shared/contract/requests.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';

/** Keeps the values of a form under a name. Secrets are not among them. */
export function KeepRecipe({ recipe }: { readonly recipe: RequestInput<'recipes.save'> }) {
  const words = useWords();
  const { launch: texts } = words.texts;
  const save = useAction('recipes.save');
  const [name, setName] = useState(recipe.name);
  const [isKept, setIsKept] = useState(false);
  const keep = () => void save.run({ ...recipe, name }).then((kept) => setIsKept(kept.ok));
  return (
    <Field
      label={texts.keepName}
      value={name}
      error={save.error === undefined ? undefined : words.error(save.error)}
      hint={<span role="status">{isKept ? texts.kept : ''}</span>}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        // The form around it starts the service.
        event.preventDefault();
        if (name.trim() !== '') keep();
      }}
      onChange={(event) => {
        setName(event.target.value);
        setIsKept(false);
        save.clear();
      }}
      trailing={
        <Button busy={save.running} disabled={name.trim() === '' || isKept} onClick={keep}>
          {texts.keep}
        </Button>
      }
    />
  );
}
