import type { Mapping } from '../model/container.ts';
import { maxLabelLength } from './constants.ts';
import { checkMapping, type MappingContext } from './mapping-rules.ts';

const mostTries = 100;

/**
 * A name like `wanted` that is free and fits: `gradio`, else `gradio-2`, `gradio-3` … `undefined` where none does,
 * because the port or another rule stands against it.
 */
export function freeName(wanted: string, port: number, context: MappingContext): string | undefined {
  const base = wanted.toLowerCase();
  for (let count = 1; count <= mostTries; count += 1) {
    const suffix = count === 1 ? '' : `-${count}`;
    const room = maxLabelLength - context.user.length - 1 - suffix.length;
    const name = `${base.slice(0, Math.max(0, room)).replace(/-+$/, '')}${suffix}`;
    const result = checkMapping({ name, port: String(port) }, context);
    if (result.ok) return result.value.name;
    if (!result.error.every((violation) => violation.code === 'name_taken')) return undefined;
  }
  return undefined;
}

/** The same mapping for another container, under a free name; one without a name stays without. */
export function copiedMapping(mapping: Mapping, context: MappingContext): Mapping | undefined {
  if (mapping.name === undefined) return { port: mapping.port };
  const name = freeName(mapping.name, mapping.port, context);
  return name === undefined ? undefined : { name, port: mapping.port };
}
