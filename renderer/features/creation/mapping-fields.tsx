import { Plus, X } from 'lucide-react';
import { maxMappings, ownerOf, publicAddress } from '../../../shared/platform-rules/index.ts';
import type { AppError } from '../../../shared/result.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { useEngine } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import { type CheckedLine, isOfLine, type MappingField, MappingPair } from '../mapping-drafts/index.ts';
import css from './creation-dialog.module.css';
import type { ContainerDraft } from './draft.ts';

/** Stands for the id that the container does not have yet. */
const noId = '…';

/** Mappings of the container that is made, each with what is wrong with it and the address that it will have. */
export function MappingFields({
  mappings,
  checked,
  error,
  onChange,
}: {
  readonly mappings: ContainerDraft['mappings'];
  readonly checked: readonly CheckedLine[];
  /** What the engine said of the last try. */
  readonly error: AppError | undefined;
  readonly onChange: (mappings: ContainerDraft['mappings']) => void;
}) {
  const words = useWords();
  const { creation: texts } = words.texts;
  const sentence = (index: number, field: MappingField) => {
    const wrong = checked[index]?.[field] ?? (isOfLine(error, index, field) ? error : undefined);
    return wrong === undefined ? undefined : words.error(wrong);
  };
  return (
    <fieldset className={css.set}>
      <legend className={css.legend}>{texts.mappings}</legend>
      {mappings.map((mapping, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place.
        <div key={index} className={css.line}>
          <MappingPair
            typed={mapping}
            errorAt={(field) => sentence(index, field)}
            onChange={(typed) => onChange(mappings.map((other, at) => (at === index ? typed : other)))}
          />
          <IconButton
            label={texts.removeMapping}
            onClick={() => onChange(mappings.filter((_, at) => at !== index))}
          >
            <X />
          </IconButton>
          <Preview line={checked[index]} />
        </div>
      ))}
      {mappings.length >= maxMappings ? (
        <p className={css.hint}>{words.say(texts.mappingsFull, { n: maxMappings })}</p>
      ) : (
        <Button
          look="quiet"
          className={css.add}
          icon={<Plus aria-hidden="true" />}
          onClick={() => onChange([...mappings, { name: '', port: '' }])}
        >
          {texts.addMapping}
        </Button>
      )}
    </fieldset>
  );
}

function Preview({ line }: { readonly line: CheckedLine | undefined }) {
  const { mappings: texts } = useWords().texts;
  const account = useEngine(({ session }) => (session.kind === 'open' ? session.account : undefined));
  const mapping = line?.mapping;
  return (
    <div className={css.preview} aria-live="polite">
      {account !== undefined && mapping !== undefined && (
        <>
          <code className={css.address}>
            {publicAddress(account.instance, ownerOf(account), noId, mapping)}
          </code>
          {mapping.name === undefined && <span className={css.hint}>{texts.changesWithContainer}</span>}
        </>
      )}
    </div>
  );
}
