import { useState } from 'react';
import type { Container } from '../../../shared/model/container.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { Select } from '../../components/select.tsx';
import { useWords } from '../../words/use-words.ts';
import css from './mapping-menu.module.css';

/** Copies or moves a mapping to one of many containers. */
export function SendMapping({
  goals,
  port,
  onSend,
  onClose,
}: {
  readonly goals: readonly Container[];
  readonly port: number;
  readonly onSend: (how: 'copy' | 'move', goal: Container) => void;
  readonly onClose: () => void;
}) {
  const { mappingActions: texts, app } = useWords().texts;
  const [id, setId] = useState(goals[0]?.id ?? '');
  const send = (how: 'copy' | 'move') => {
    const goal = goals.find((container) => container.id === id);
    if (goal !== undefined) onSend(how, goal);
    onClose();
  };
  return (
    <Dialog open title={`${texts.elsewhere}: ${port}`} onClose={onClose}>
      <div className={css.form}>
        <Select
          label={texts.goal}
          value={id}
          onChange={setId}
          options={goals.map((goal) => ({ value: goal.id, text: goal.name }))}
        />
        <DialogActions>
          <Button onClick={onClose}>{app.cancel}</Button>
          <Button onClick={() => send('move')}>{texts.move}</Button>
          <Button look="primary" onClick={() => send('copy')}>
            {texts.copy}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}
