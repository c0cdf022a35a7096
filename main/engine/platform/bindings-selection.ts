import type { FieldShape, Shape } from './schema-shape.ts';

/** As the platform's own command asks for it: `bindingAuth` stands on one kind of binding only. */
export const assumedBindings =
  'dataBindings { mountPath semanticBindingName isDeleted ... on DatasetBinding { bindingAuth } }';

/** What to ask of a job's data bindings, from the schema; `undefined` where a restart could not repeat them. */
export function bindingsSelection(
  field: FieldShape | undefined,
  element: Shape | undefined,
  dataset: Shape | undefined,
): string | undefined {
  if (field === undefined || !element?.has('mountPath') || !element.has('semanticBindingName'))
    return undefined;
  const own = ['mountPath', 'semanticBindingName', 'isDeleted', 'bindingAuth'].filter((name) =>
    element.has(name),
  );
  const abstract = field.kind === 'INTERFACE' && !element.has('bindingAuth') && dataset?.has('bindingAuth');
  return `dataBindings { ${own.join(' ')}${abstract ? ' ... on DatasetBinding { bindingAuth }' : ''} }`;
}
