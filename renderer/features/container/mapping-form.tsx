import { Plus } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Container } from '../../../shared/model/container.ts';
import type { Account } from '../../../shared/model/instance.ts';
import {
  checkMapping,
  type MappingContext,
  mappingAddress,
  mappingContext,
  ownerOf,
} from '../../../shared/platform-rules/index.ts';
import type { AppError } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useEngine, usePlace } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { type MappingField, MappingPair } from '../mapping-drafts/index.ts';
import css from './mapping-form.module.css';

const untouched = { name: false, port: false };

/** A new mapping: every rule is checked while it is typed, by the code that the engine and the platform use. */
export function MappingForm({
  container,
  account,
}: {
  readonly container: Container;
  readonly account: Account;
}) {
  const words = useWords();
  const { mappings: texts } = words.texts;
  const containers = useEngine((engine) => engine.containers);
  const realName = useEngine((engine) =>
    engine.session.kind === 'open' ? engine.session.realName : undefined,
  );
  const context: MappingContext = useMemo(
    () =>
      mappingContext(
        Object.values(containers),
        { owner: ownerOf(account), realName },
        { containerId: container.id },
      ),
    [account, realName, container.id, containers],
  );
  const [typed, setTyped] = useState({ name: '', port: '' });
  const [touched, setTouched] = useState(untouched);
  const latest = useRef(typed);
  latest.current = typed;
  const add = useAction('mappings.add');
  const place = usePlace();
  const name = useRef<HTMLInputElement>(null);
  // Who came for the mappings begins to type.
  useEffect(() => {
    if (place.kind === 'container' && place.at === 'mappings') name.current?.focus();
  }, [place]);
  const checked = checkMapping(typed, context);
  const violations = checked.ok ? [] : checked.error;
  const violationOf = (field: MappingField): AppError | undefined =>
    add.error?.field === field ? add.error : violations.find((violation) => violation.field === field);
  const sentenceOf = (field: MappingField) => {
    const violation = touched[field] ? violationOf(field) : undefined;
    return violation === undefined ? undefined : words.error(violation);
  };

  return (
    <form
      className={css.form}
      aria-label={texts.add}
      onSubmit={(event) => {
        event.preventDefault();
        setTouched({ name: true, port: true });
        if (!checked.ok) return;
        void add.run({ containerId: container.id, ...typed }).then((added) => {
          if (!added.ok) return;
          // Who typed on meanwhile keeps what they typed, and what is wrong with it.
          if (latest.current !== typed) return;
          setTyped({ name: '', port: '' });
          setTouched(untouched);
        });
      }}
    >
      <MappingPair
        typed={typed}
        errorAt={sentenceOf}
        nameRef={name}
        onChange={(next, changed) => {
          setTyped(next);
          setTouched({ ...touched, [changed]: true });
          add.clear();
        }}
      />
      <div className={css.preview} aria-live="polite">
        {checked.ok && (
          <>
            <span className={css.label}>{texts.preview}</span>
            <code className={css.address}>
              {mappingAddress(account.instance, ownerOf(account), container, checked.value).url}
            </code>
            {checked.value.name === undefined && (
              <span className={css.label}>{texts.changesWithContainer}</span>
            )}
          </>
        )}
      </div>
      <Button type="submit" className={css.add} icon={<Plus aria-hidden="true" />} busy={add.running}>
        {texts.add}
      </Button>
      {add.error !== undefined && add.error.field === undefined && (
        <div className={css.error}>
          <ErrorNotice live error={add.error} />
        </div>
      )}
    </form>
  );
}
