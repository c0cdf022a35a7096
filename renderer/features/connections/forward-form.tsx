import { useState } from 'react';
import type { Forward, ForwardDirection } from '../../../shared/model/connection.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { forwardText, withPort } from './connection-view.ts';
import css from './connections.module.css';

const examples: Readonly<Record<ForwardDirection, string>> = {
  local: '5405:127.0.0.1:5301',
  remote: '8080:127.0.0.1:80',
  dynamic: '1080',
};

/** Adds a forward, or changes one, and opens it; a busy port offers the next free one, and one for others is asked about first. */
export function ForwardForm({
  connectionId,
  forward: old,
  onClose,
}: {
  readonly connectionId: string;
  /** The one to change. */
  readonly forward?: Forward;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { forwards: said, app } = words.texts;
  const save = useAction('forwards.save');
  const [direction, setDirection] = useState<ForwardDirection>(old?.direction ?? 'local');
  const [forward, setForward] = useState(old === undefined ? '' : forwardText(old));
  const { error } = save;
  const free = error?.code === 'local_port_busy' ? error.params?.free : undefined;
  const run = (typed: string) =>
    void save
      .run({
        connectionId,
        ...(old === undefined ? {} : { id: old.id }),
        direction,
        forward: typed,
      })
      .then((saved) => saved.ok && onClose());

  return (
    <form
      className={css.forwardForm}
      onSubmit={(event) => {
        event.preventDefault();
        run(forward);
      }}
    >
      <Segmented
        label={said.direction}
        value={direction}
        onChange={(chosen) => {
          setDirection(chosen);
          save.clear();
        }}
        options={(['local', 'remote', 'dynamic'] as const).map((value) => ({
          value,
          text: said.directions[value],
        }))}
      />
      <Field
        label={said.spec}
        hint={said.hints[direction]}
        placeholder={examples[direction]}
        value={forward}
        onChange={(event) => {
          setForward(event.target.value);
          save.clear();
        }}
        error={error === undefined ? undefined : words.error(error)}
        trailing={
          typeof free === 'number' && (
            <Button
              onClick={() => {
                const next = withPort(forward, free, direction);
                setForward(next);
                run(next);
              }}
            >
              {words.say(said.usePort, { port: free })}
            </Button>
          )
        }
      />
      <div className={css.buttons}>
        <Button onClick={onClose}>{app.cancel}</Button>
        <Button type="submit" busy={save.running}>
          {old === undefined ? said.add : said.save}
        </Button>
      </div>
    </form>
  );
}
