import { Plus, X } from 'lucide-react';
import { maxMappings } from '../../../shared/platform-rules/index.ts';
import type { AppError } from '../../../shared/result.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useWords } from '../../words/use-words.ts';
import css from './creation-dialog.module.css';
import type { ContainerDraft } from './draft.ts';

/** Mappings of the container that is made; the engine checks them by the platform's rules. */
export function MappingFields({
  mappings,
  error,
  onChange,
}: {
  readonly mappings: ContainerDraft['mappings'];
  readonly error: AppError | undefined;
  readonly onChange: (mappings: ContainerDraft['mappings']) => void;
}) {
  const words = useWords();
  const { creation: texts, mappings: mappingTexts } = words.texts;
  const set = (index: number, part: Partial<(typeof mappings)[number]>) =>
    onChange(mappings.map((mapping, at) => (at === index ? { ...mapping, ...part } : mapping)));
  return (
    <fieldset className={css.set}>
      <legend className={css.legend}>{texts.mappings}</legend>
      {mappings.map((mapping, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place.
        <div key={index} className={css.line}>
          <Field
            label={mappingTexts.nameOptional}
            value={mapping.name}
            onChange={(event) => set(index, { name: event.target.value })}
          />
          <Field
            label={mappingTexts.port}
            inputMode="numeric"
            value={mapping.port}
            onChange={(event) => set(index, { port: event.target.value })}
          />
          <IconButton
            label={texts.removeMapping}
            onClick={() => onChange(mappings.filter((_, at) => at !== index))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      {error?.field !== undefined && (
        <Notice tone="down" live>
          {words.error(error)}
        </Notice>
      )}
      {mappings.length < maxMappings && (
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
