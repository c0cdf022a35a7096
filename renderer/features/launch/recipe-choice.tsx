import { Ellipsis, FileUp, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { recipes } from '../../../shared/launch/recipes.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Menu } from '../../components/menu.tsx';
import { Notice } from '../../components/notice.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { useRemoval } from '../toasts/index.ts';
import type { ChosenRecipe } from './chosen-recipe.ts';
import { usable } from './draft.ts';
import css from './recipe-choice.module.css';
import { recipeName } from './recipe-name.ts';

/** Programs that Gearway knows, and a person's own recipes, which can be given to others as a file. */
export function RecipeChoice({
  onChoose,
  onClose,
}: {
  readonly onChoose: (chosen: ChosenRecipe) => void;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { launch: texts, app } = words.texts;
  const own = usable(useEngine((engine) => engine.recipes));
  const take = useAction('recipes.take');
  const share = useAction('shell.save');
  const remove = useRemoval('recipes.remove');
  const file = useRef<HTMLInputElement>(null);
  const [taken, setTaken] = useState<number>();
  const error = take.error ?? share.error ?? remove.error;

  async function read(input: HTMLInputElement) {
    const [chosen] = input.files ?? [];
    if (chosen === undefined) return;
    const answer = await take.run({ text: await chosen.text() });
    // The same file can be taken again.
    input.value = '';
    setTaken(answer.ok ? answer.value.count : undefined);
  }

  return (
    <>
      {own.length > 0 && (
        <section aria-label={texts.own}>
          <h3 className={css.heading}>{texts.own}</h3>
          <ul className={css.cards}>
            {own.map((one) => (
              <li key={one.own.id} className={css.own}>
                <button type="button" className={css.card} onClick={() => onChoose(one)}>
                  <span className={css.name}>{one.own.name}</span>
                  <span className={css.about}>{recipeName(one.recipe, words)}</span>
                </button>
                <Menu
                  trigger={
                    <IconButton className={css.more} label={words.say(texts.more, { name: one.own.name })}>
                      <Ellipsis />
                    </IconButton>
                  }
                  entries={[
                    {
                      text: texts.share,
                      icon: <FileUp />,
                      onChoose: () => void share.run({ kind: 'recipes', subject: one.own.id }),
                    },
                    {
                      text: words.say(texts.forget, { name: one.own.name }),
                      icon: <Trash2 />,
                      apart: true,
                      onChoose: () => void remove.run({ id: one.own.id }, one.own.name),
                    },
                  ]}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label={texts.builtIn}>
        {own.length > 0 && <h3 className={css.heading}>{texts.builtIn}</h3>}
        <ul className={css.cards}>
          {recipes.map((recipe) => (
            <li key={recipe.id}>
              <button type="button" className={css.card} onClick={() => onChoose({ recipe })}>
                <span className={css.name}>{recipeName(recipe, words)}</span>
                <span className={css.about}>{texts.about[recipe.id]}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      {error !== undefined && <ErrorNotice live error={error} />}
      {taken !== undefined && error === undefined && (
        <Notice tone="info" live>
          {words.say(texts.taken, { n: taken })}
        </Notice>
      )}
      <DialogActions>
        <input
          ref={file}
          type="file"
          accept=".json,application/json"
          hidden
          data-testid="recipes-file"
          onChange={(event) => void read(event.currentTarget)}
        />
        <Button look="quiet" busy={take.running} onClick={() => file.current?.click()}>
          {texts.take}
        </Button>
        {own.length > 0 && (
          <Button look="quiet" busy={share.running} onClick={() => void share.run({ kind: 'recipes' })}>
            {texts.share}
          </Button>
        )}
        <Button onClick={onClose}>{app.cancel}</Button>
      </DialogActions>
    </>
  );
}
