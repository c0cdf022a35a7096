import type { Ref } from 'react';
import type { MappingDraft } from '../../../shared/platform-rules/index.ts';
import { Field } from '../../components/field.tsx';
import { useWords } from '../../words/use-words.ts';

export type MappingField = keyof MappingDraft;

/** Name and port of a mapping, as they are typed. */
export function MappingPair({
  typed,
  errorAt,
  onChange,
  nameRef,
}: {
  readonly typed: MappingDraft;
  /** What is wrong with it, as a sentence. */
  readonly errorAt: (field: MappingField) => string | undefined;
  readonly onChange: (typed: MappingDraft, changed: MappingField) => void;
  readonly nameRef?: Ref<HTMLInputElement>;
}) {
  const { mappings: texts } = useWords().texts;
  return (
    <>
      <Field
        label={texts.nameOptional}
        ref={nameRef}
        value={typed.name}
        error={errorAt('name')}
        onChange={(event) => onChange({ ...typed, name: event.target.value }, 'name')}
      />
      <Field
        label={texts.port}
        inputMode="numeric"
        value={typed.port}
        error={errorAt('port')}
        onChange={(event) => onChange({ ...typed, port: event.target.value }, 'port')}
      />
    </>
  );
}
