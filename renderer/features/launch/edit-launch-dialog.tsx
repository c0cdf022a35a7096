import { useState } from 'react';
import { findRecipe } from '../../../shared/launch/recipes.ts';
import type { Launch } from '../../../shared/model/launch.ts';
import { Dialog } from '../../components/dialog.tsx';
import { useEngine } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import { LaunchForm } from './launch-form.tsx';

/** What was started, with other values: it is stopped first where it runs, and its old entry goes once the new one stands. */
export function EditLaunchDialog({
  launch,
  onAll,
  onClose,
}: {
  readonly launch: Launch;
  /** It listens on loopback, and is to be reached from everywhere. */
  readonly onAll: boolean;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { launch: texts } = words.texts;
  // What is edited stays what it was, although it is stopped meanwhile.
  const [first] = useState(() =>
    onAll ? { ...launch, values: { ...launch.values, host: '0.0.0.0' } } : launch,
  );
  const container = useEngine((engine) => engine.containers[first.containerId]);
  const recipe = findRecipe(first.recipe);
  if (container === undefined || recipe === undefined) return null;
  return (
    <Dialog open wide title={words.say(texts.editTitle, { name: first.name })} onClose={onClose}>
      <LaunchForm container={container} chosen={{ recipe }} replaces={first} onStarted={onClose} />
    </Dialog>
  );
}
