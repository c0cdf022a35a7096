import type { MappingTemplate } from '../../shared/model/template.ts';
import { builtInTemplates } from '../../shared/platform-rules/index.ts';
import type { EngineMemory } from './memory.ts';
import type { PublishedState } from './state/published-state.ts';

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

export const removeTemplate = (memory: EngineMemory, id: string): void =>
  memory.update({ templates: memory.read().templates.filter((template) => template.id !== id) });
