import { useEffect, useMemo, useRef, useState } from 'react';
import type { CreationOptions, ResourceChoice } from '../../../shared/model/creation.ts';
import { mappingContext, ownerOf } from '../../../shared/platform-rules/index.ts';
import { Button } from '../../components/button.tsx';
import { Confirm, DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { go, useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords, type Words } from '../../words/use-words.ts';
import { type CheckedLine, checkLines } from '../mapping-drafts/index.ts';
import { BindingFields } from './binding-fields.tsx';
import css from './creation-dialog.module.css';
import {
  type ContainerDraft,
  creatableModes,
  firstDraft,
  formOf,
  isBatch,
  isTask,
  missingIn,
  resourceOf,
  runtimesFor,
} from './draft.ts';
import { MappingFields } from './mapping-fields.tsx';

/** Everything that a new container needs, with what it will cost before it is made. */
export function CreationForm({
  options,
  onClose,
}: {
  readonly options: CreationOptions;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { creation: texts, containers, app } = words.texts;
  const [draft, setDraft] = useState(() => firstDraft(options));
  const [isAsking, setIsAsking] = useState(false);
  const create = useAction('containers.create');
  const change = (part: Partial<typeof draft>) => {
    setDraft({ ...draft, ...part });
    create.clear();
  };
  const resource = resourceOf(options, draft.resource);
  const checked = useCheckedLines(draft);
  const missing = missingIn(
    draft,
    checked.every(({ mapping }) => mapping !== undefined),
  );
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        setIsAsking(true);
      }}
    >
      <div className={css.pair}>
        <Select
          label={texts.project}
          value={draft.projectId}
          onChange={(projectId) => change({ projectId })}
          options={[
            { value: '', text: texts.newProject },
            ...options.projects.map(({ id, name }) => ({ value: id, text: name })),
          ]}
        />
        {draft.projectId === '' && (
          <Field
            label={texts.projectName}
            value={draft.projectName}
            onChange={(event) => change({ projectName: event.target.value })}
          />
        )}
      </div>
      <div className={css.pair}>
        <div>
          <Select
            label={texts.mode}
            value={draft.mode}
            onChange={(mode) => change({ mode })}
            options={creatableModes.map((mode) => ({ value: mode, text: containers.mode[mode] }))}
          />
          <p className={css.hint}>{texts.modeHint}</p>
        </div>
        {isBatch(draft.mode) && (
          <Field
            label={texts.size}
            inputMode="numeric"
            value={draft.size}
            onChange={(event) => change({ size: event.target.value })}
          />
        )}
      </div>
      <div className={css.pair}>
        <div>
          <Select
            label={texts.resource}
            value={draft.resource}
            onChange={(name) =>
              change({ resource: name, runtime: runtimesFor(options, name)[0]?.name ?? '' })
            }
            options={options.resources.map(({ name, label }) => ({ value: name, text: label }))}
          />
          {resource !== undefined && <p className={css.hint}>{resourceText(resource, words)}</p>}
          {options.missing.includes('quota') && <p className={css.hint}>{texts.missingQuota}</p>}
        </div>
        <Select
          label={texts.runtime}
          value={draft.runtime}
          onChange={(runtime) => change({ runtime })}
          options={runtimesFor(options, draft.resource).map(({ name, deprecated }) => ({
            value: name,
            text: deprecated ? `${name} (${texts.deprecated})` : name,
          }))}
        />
      </div>
      {isTask(draft.mode) && (
        <Field
          label={texts.command}
          hint={texts.commandHint}
          value={draft.command}
          onChange={(event) => change({ command: event.target.value })}
        />
      )}
      <MappingFields
        mappings={draft.mappings}
        checked={checked}
        error={create.error}
        onChange={(mappings) => change({ mappings })}
      />
      <BindingFields
        bindings={draft.dataBindings}
        datasets={options.datasets}
        onChange={(dataBindings) => change({ dataBindings })}
      />
      {create.error !== undefined && create.error.field === undefined && (
        <ErrorNotice live error={create.error} />
      )}
      <DialogActions>
        {missing !== undefined && (
          <p className={css.missing} role="status">
            {texts.missing[missing]}
          </p>
        )}
        <Button onClick={onClose}>{create.running ? texts.goOn : app.cancel}</Button>
        <Button look="primary" type="submit" busy={create.running} disabled={missing !== undefined}>
          {create.running ? texts.creating : texts.create}
        </Button>
      </DialogActions>
      <Confirm
        open={isAsking}
        title={words.say(texts.confirmTitle, { resource: resource?.label ?? draft.resource })}
        text={resource?.free === true ? texts.confirmFree : texts.confirmBilled}
        action={texts.create}
        onConfirm={() =>
          void create.run(formOf(draft)).then((made) => {
            // Who closed the form meanwhile is somewhere else by now, and stays there.
            if (!made.ok || !isShown.current) return;
            onClose();
            go({ kind: 'container', id: made.value.containerId });
          })
        }
        onClose={() => setIsAsking(false)}
      />
    </form>
  );
}

/** The mappings by the rules of the account, each line as far as it was typed. */
function useCheckedLines({ mappings, projectName }: ContainerDraft): readonly CheckedLine[] {
  const containers = useEngine((engine) => engine.containers);
  const session = useEngine((engine) => engine.session);
  return useMemo(() => {
    if (session.kind !== 'open') return [];
    const facts = { owner: ownerOf(session.account), realName: session.realName };
    const context = mappingContext(Object.values(containers), facts, {});
    return checkLines(mappings, { ...context, containerName: projectName.trim() });
  }, [containers, session, mappings, projectName]);
}

/** What using a machine means, in one line. */
function resourceText(resource: ResourceChoice, { texts: { creation: texts }, say, bytes }: Words): string {
  const { free, memoryBytes, current, limit, minutesLeft } = resource;
  return [
    free ? texts.free : texts.billed,
    memoryBytes === undefined ? undefined : say(texts.memory, { size: bytes(memoryBytes) }),
    current === undefined || limit === undefined ? undefined : say(texts.running, { current, limit }),
    minutesLeft === undefined ? undefined : say(texts.minutes, { minutes: minutesLeft }),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}
