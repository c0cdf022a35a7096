import { ArrowLeft, BookmarkPlus } from 'lucide-react';
import { useState } from 'react';
import type { RecipeField } from '../../../shared/launch/recipe.ts';
import type { Container } from '../../../shared/model/container.ts';
import type { Launch } from '../../../shared/model/launch.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useWords } from '../../words/use-words.ts';
import type { ChosenRecipe } from './chosen-recipe.ts';
import { beginDraft, checkDraft, isEnvironment, isMain, type Typed, withoutSecrets } from './draft.ts';
import { KeepRecipe } from './keep-recipe.tsx';
import css from './launch-form.module.css';
import { MachineText } from './machine-text.tsx';
import { useStart } from './use-start.ts';

/** The values of one recipe, every rule checked while they are typed, and the exact command that they make. */
export function LaunchForm({
  container,
  chosen: { recipe, own },
  replaces,
  onBack,
  onStarted,
}: {
  readonly container: Container;
  readonly chosen: ChosenRecipe;
  /** What was started before, and is started anew with these values. */
  readonly replaces?: Launch;
  readonly onBack?: () => void;
  readonly onStarted: () => void;
}) {
  const words = useWords();
  const { launch: texts, copy } = words.texts;
  const [name, setName] = useState(own?.name ?? replaces?.name ?? '');
  const [typed, setTyped] = useState<Typed>(() => beginDraft(recipe, own ?? replaces));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [isKeeping, setIsKeeping] = useState(false);
  const start = useStart(replaces);
  const { violations, preview, portIsMapped } = checkDraft(recipe, typed, container);

  const [hasEnvironment] = useState(() =>
    recipe.fields.some((each) => isEnvironment(each) && typed[each.key]),
  );
  const keyField = recipe.fields.find(({ key }) => key === 'apiKey' || key === 'token');
  /** It would answer anyone from its first moment on. */
  const isOpenToAll =
    portIsMapped &&
    !/^(127\.|localhost$|::1$)/.test(typed.host ?? '') &&
    keyField !== undefined &&
    (typed[keyField.key] ?? '') === '';
  const fields = [...recipe.fields].sort((a, b) => Number(isMain(b)) - Number(isMain(a)));
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTouched(new Set(recipe.fields.map(({ key }) => key)));
        if (violations.length > 0) return;
        void start
          .run({ containerId: container.id, recipe: recipe.id, name, values: { ...typed } })
          .then((isStarted) => isStarted && onStarted());
      }}
    >
      <div className={css.fields}>
        {fields.filter((field) => !isEnvironment(field)).map(drawField)}
        <Field
          label={texts.name}
          hint={texts.nameHint}
          value={name}
          placeholder={recipe.name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <details className={css.environment} open={hasEnvironment}>
        <summary>{texts.environment}</summary>
        <div className={css.fields}>{fields.filter(isEnvironment).map(drawField)}</div>
      </details>
      {isOpenToAll && (
        <Notice tone="warn" live>
          {words.say(texts.openToAll, { port: typed.port ?? '' })}
        </Notice>
      )}
      {replaces?.state.kind === 'running' && <p className={css.waits}>{texts.editText}</p>}
      <section className={css.preview} aria-label={texts.preview}>
        <div className={css.previewHead}>
          {texts.preview}
          {preview !== undefined && <CopyButton text={preview} label={copy.command} />}
        </div>
        {preview === undefined ? (
          <p className={css.waits}>{texts.previewWaits}</p>
        ) : (
          <MachineText text={preview} />
        )}
      </section>
      {start.error !== undefined && start.error.field === undefined && (
        <ErrorNotice live error={start.error} />
      )}
      {isKeeping && (
        <KeepRecipe
          recipe={{
            recipe: recipe.id,
            values: { ...withoutSecrets(recipe, typed) },
            name: own?.name ?? '',
            ...(own === undefined ? {} : { id: own.id }),
          }}
        />
      )}
      <DialogActions>
        {onBack !== undefined && (
          <Button
            look="quiet"
            className={css.first}
            icon={<ArrowLeft aria-hidden="true" />}
            disabled={start.running}
            onClick={onBack}
          >
            {texts.back}
          </Button>
        )}
        {!isKeeping && (
          <Button look="quiet" icon={<BookmarkPlus aria-hidden="true" />} onClick={() => setIsKeeping(true)}>
            {texts.keep}
          </Button>
        )}
        <Button look="primary" type="submit" busy={start.running}>
          {start.running
            ? texts.starting
            : replaces?.state.kind === 'running'
              ? texts.editAction
              : texts.start}
        </Button>
      </DialogActions>
    </form>
  );

  function drawField(field: RecipeField) {
    return (
      <Field
        key={field.key}
        className={field.kind === 'line' || field.kind === 'env' ? css.whole : ''}
        label={texts.field[field.key as keyof typeof texts.field]}
        type={field.kind === 'secret' ? 'password' : 'text'}
        inputMode={field.kind === 'port' || field.kind === 'number' ? 'numeric' : undefined}
        value={typed[field.key] ?? ''}
        hint={hintOf(field)}
        error={errorOf(field.key)}
        onChange={(event) => {
          setTyped({ ...typed, [field.key]: event.target.value });
          setTouched(new Set([...touched, field.key]));
          start.clear();
        }}
      />
    );
  }

  function errorOf(key: string): string | undefined {
    if (start.error?.field === key) return words.error(start.error);
    const violation = touched.has(key) ? violations.find(({ field }) => field === key) : undefined;
    return violation === undefined ? undefined : words.error({ code: violation.code });
  }

  function hintOf({ key, kind }: RecipeField): string | undefined {
    if (kind === 'host') return portIsMapped ? texts.hint.hostMapped : texts.hint.hostTunnel;
    if (kind === 'secret') return texts.hint.secret;
    if (kind === 'words') return texts.hint.more;
    if (kind === 'line') return texts.hint.line;
    if (key === 'folder') return texts.hint.folder;
    if (key === 'hfEndpoint' || key === 'cudaDevices' || key === 'env') return texts.hint[key];
    return key === 'model' ? texts.hint.model : undefined;
  }
}
