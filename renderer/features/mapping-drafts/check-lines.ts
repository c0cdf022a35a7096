import type { Mapping } from '../../../shared/model/container.ts';
import {
  checkMapping,
  type MappingContext,
  type MappingDraft,
  type Violation,
} from '../../../shared/platform-rules/index.ts';
import type { AppError } from '../../../shared/result.ts';

/** What is wrong with one line as far as it was typed, and the mapping that it makes once it is right. */
export interface CheckedLine {
  readonly name?: AppError;
  readonly port?: AppError;
  readonly mapping?: Mapping;
}

/** Checks each line against the platform's rules and the lines before it. A field that is empty yet is not wrong. Pure. */
export function checkLines(drafts: readonly MappingDraft[], context: MappingContext): readonly CheckedLine[] {
  const existing = [...context.existing];
  return drafts.map((draft) => {
    const checked = checkMapping(draft, { ...context, existing: [...existing] });
    if (checked.ok) {
      existing.push(checked.value);
      return { mapping: checked.value };
    }
    const of = (field: 'name' | 'port'): Violation | undefined =>
      draft[field].trim() === '' ? undefined : checked.error.find((violation) => violation.field === field);
    const [name, port] = [of('name'), of('port')];
    return { ...(name === undefined ? {} : { name }), ...(port === undefined ? {} : { port }) };
  });
}

/** The field of the line that an answer of the engine names: `mappings.1.port`. */
export const isOfLine = (error: AppError | undefined, index: number, field: 'name' | 'port'): boolean =>
  error?.field === `mappings.${index}.${field}`;
