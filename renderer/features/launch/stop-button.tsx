import { Square } from 'lucide-react';
import type { Launch } from '../../../shared/model/launch.ts';
import { Button } from '../../components/button.tsx';
import { useWords } from '../../words/use-words.ts';

/** Stops a started service; while it is stopping, or starting again, ends it by force. */
export function StopButton({ launch, onClick }: { readonly launch: Launch; readonly onClick: () => void }) {
  const { launch: texts } = useWords().texts;
  const text = launch.busy === undefined ? texts.stop : texts.force;
  return (
    <Button icon={<Square aria-hidden="true" />} aria-label={`${text} ${launch.name}`} onClick={onClick}>
      {text}
    </Button>
  );
}
