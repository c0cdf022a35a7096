import type { MappingTemplate } from '../../../shared/model/template.ts';
import { builtInTemplates } from '../../../shared/platform-rules/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { nothingToPutBack, type PutBack } from '../base/bin.ts';
import type { EngineMemory } from '../base/memory.ts';

/** Sets of mappings: the built-in ones, and the person's own. */
export interface Templates {
  /** The built-in ones first. */
  list(): readonly MappingTemplate[];
  /** `template_not_found`. */
  get(id: string): Result<MappingTemplate>;
  /** Keeps a set, in place of the person's own with this id. A built-in one cannot be replaced: `bad_request`. */
  save(template: MappingTemplate): Result<null>;
  /** Lets a set go; a built-in one stays. */
  remove(id: string): PutBack;
}

export function createTemplates(options: {
  readonly memory: EngineMemory;
  /** Called at once with what there is, and again when that has changed. */
  readonly publish: (templates: readonly MappingTemplate[]) => void;
}): Templates {
  const { memory } = options;
  const own = () => memory.read().templates;
  const list = () => [...builtInTemplates, ...own()];
  const keep = (templates: readonly MappingTemplate[]) => {
    memory.update({ templates: [...templates] });
    options.publish(list());
  };
  options.publish(list());
  return {
    list,
    get(id) {
      const found = list().find((template) => template.id === id);
      return found === undefined ? fail('template_not_found') : ok(found);
    },
    save(template) {
      if (builtInTemplates.some(({ id }) => id === template.id)) return fail('bad_request');
      keep([...own().filter(({ id }) => id !== template.id), template]);
      return ok(null);
    },
    remove(id) {
      const place = own().findIndex((template) => template.id === id);
      const gone = own()[place];
      if (gone === undefined) return nothingToPutBack;
      keep(own().filter((template) => template !== gone));
      return () => {
        keep(own().toSpliced(place, 0, gone));
        return ok(null);
      };
    },
  };
}
