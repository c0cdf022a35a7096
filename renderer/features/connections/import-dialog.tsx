import { useEffect, useState } from 'react';
import type { ConfiguredHost } from '../../../shared/model/connection.ts';
import { Dialog, FormActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './connections.module.css';

/** More are found by a part of their name. */
const mostShown = 200;

/** Takes hosts from the person's own SSH configuration. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const { connections: said } = words.texts;
  const {
    run: look,
    running: isLooking,
    error: lookError,
  } = useAction('connections.importable', { whileShown: true });
  const take = useAction('connections.import');
  const [hosts, setHosts] = useState<readonly ConfiguredHost[]>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    void look({}).then((found) => found.ok && setHosts(found.value.hosts));
  }, [look]);
  const [find, setFind] = useState('');
  const error = lookError ?? take.error;
  const wanted = find.trim().toLowerCase();
  const found = (hosts ?? []).filter(({ alias, host }) => `${alias} ${host}`.toLowerCase().includes(wanted));
  const shown = found.slice(0, mostShown);

  return (
    <Dialog open title={said.importTitle} text={said.importText} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          void take.run({ aliases: [...chosen] }).then((taken) => taken.ok && onClose());
        }}
      >
        {isLooking && (
          <p className={css.soft} role="status">
            <StateMark mark="working" /> {said.importLooking}
          </p>
        )}
        {hosts?.length === 0 && <p className={css.soft}>{said.importNone}</p>}
        {hosts !== undefined && hosts.length > mostShown && (
          <Field label={said.importFind} value={find} onChange={(event) => setFind(event.target.value)} />
        )}
        {hosts !== undefined && hosts.length > 0 && (
          <ul className={css.hosts}>
            {shown.map(({ alias, host, port, user, known, problem, notTaken }) => (
              <li key={alias}>
                <label className={css.hostLine}>
                  <input
                    type="checkbox"
                    checked={chosen.has(alias)}
                    disabled={known || problem !== undefined}
                    onChange={(event) => {
                      const next = new Set(chosen);
                      if (event.target.checked) next.add(alias);
                      else next.delete(alias);
                      setChosen(next);
                    }}
                  />
                  <span className={css.name}>{alias}</span>
                  <span className={css.place}>
                    {known
                      ? said.importKnown
                      : problem !== undefined
                        ? words.say(said.importProblem, { why: words.error(problem) })
                        : `${user}@${host}:${port}`}
                    {notTaken > 0 && ` · ${words.say(said.importNotTaken, { n: notTaken })}`}
                  </span>
                </label>
              </li>
            ))}
          </ul>
        )}
        {found.length > shown.length && (
          <p className={css.soft}>{words.say(said.importMore, { n: found.length - shown.length })}</p>
        )}
        {error !== undefined && <ErrorNotice live error={error} />}
        <FormActions
          action={words.say(said.importAction, { n: chosen.size })}
          busy={take.running}
          disabled={chosen.size === 0}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}
