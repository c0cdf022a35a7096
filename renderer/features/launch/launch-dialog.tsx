import { useState } from 'react';
import type { Container } from '../../../shared/model/container.ts';
import { Dialog } from '../../components/dialog.tsx';
import { useWords } from '../../words/use-words.ts';
import type { ChosenRecipe } from './chosen-recipe.ts';
import { LaunchForm } from './launch-form.tsx';
import { RecipeChoice } from './recipe-choice.tsx';
import { recipeName } from './recipe-name.ts';

/** Which program, then with which values. */
export function LaunchDialog({
  container,
  onClose,
}: {
  readonly container: Container;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { launch: texts } = words.texts;
  const [chosen, setChosen] = useState<ChosenRecipe>();
  return (
    <Dialog
      open
      wide
      title={
        chosen === undefined
          ? words.say(texts.chooseTitle, { name: container.name })
          : words.say(texts.formTitle, { recipe: chosen.own?.name ?? recipeName(chosen.recipe, words) })
      }
      onClose={onClose}
    >
      {chosen === undefined ? (
        <RecipeChoice onChoose={setChosen} onClose={onClose} />
      ) : (
        <LaunchForm
          container={container}
          chosen={chosen}
          onBack={() => setChosen(undefined)}
          onStarted={onClose}
        />
      )}
    </Dialog>
  );
}
