import type { MappingTemplate } from '../../../shared/model/template.ts';
import { builtInTemplates } from '../../../shared/platform-rules/index.ts';
import { ok } from '../../../shared/result.ts';
import { nothingToPutBack, type PutBack } from '../base/bin.ts';
import type { EngineMemory } from '../base/memory.ts';
import type { PublishedState } from '../base/published-state.ts';

/** Sets of mappings: the built-in ones first, then the person's own. */
export const allTemplates = (memory: EngineMemory): readonly MappingTemplate[] => [
  ...builtInTemplates,
  ...memory.read().templates,
];

/** Publishes the built-in sets and the person's own. */
export function showTemplates(published: PublishedState, memory: EngineMemory): void {
  published.set('templates', allTemplates(memory));
}

/** Keeps a set, in place of the person's own with this id. A built-in one cannot be replaced. */
export function saveTemplate(memory: EngineMemory, template: MappingTemplate): boolean {
  if (builtInTemplates.some(({ id }) => id === template.id)) return false;
  memory.update({
    templates: [...memory.read().templates.filter(({ id }) => id !== template.id), template],
  });
  return true;
}

/** Lets a set go; a built-in one stays. `onChange` is called when it comes back. */
export function removeTemplate(memory: EngineMemory, id: string, onChange: () => void): PutBack {
  const own = () => memory.read().templates;
  const place = own().findIndex((template) => template.id === id);
  const gone = own()[place];
  if (gone === undefined) return nothingToPutBack;
  memory.update({ templates: own().filter((template) => template !== gone) });
  return () => {
    memory.update({ templates: own().toSpliced(place, 0, gone) });
    onChange();
    return ok(null);
  };
}
