import { quote, readWords } from '../quoting/index.ts';
import type { Recipe, RecipeField } from './recipe.ts';

/** What every program can be given: where models come from, which cards it sees, and whatever else it reads. */
export const environmentFields: readonly RecipeField[] = [
  { key: 'hfToken', kind: 'secret', value: '' },
  { key: 'hfEndpoint', kind: 'text', value: '' },
  { key: 'cudaDevices', kind: 'text', value: '' },
  { key: 'env', kind: 'env', value: '' },
];

/** By the name that programs read them by (huggingface_hub, "Environment variables"; CUDA C++ Programming Guide, J). */
export const environmentNames: Readonly<Record<string, string>> = {
  HF_TOKEN: 'hfToken',
  HF_ENDPOINT: 'hfEndpoint',
  CUDA_VISIBLE_DEVICES: 'cudaDevices',
};

/** `NAME=value` words; `undefined` where one is none. Pure. */
export function readAssignments(
  text: string,
): readonly (readonly [name: string, value: string])[] | undefined {
  const words = readWords(text);
  const read = words?.map((word) => /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(word));
  return read?.every((found) => found !== null)
    ? read.map((found) => [found?.[1] ?? '', found?.[2] ?? ''] as const)
    : undefined;
}

/** A variable whose name tells that its value is nobody's to see. */
const isSecretName = (name: string): boolean =>
  /token|secret|password|passwd|credential|(^|_)(api_?)?key$/i.test(name);

/** Assignments with what is secret replaced by `hidden`, or left out where that is absent. Pure. */
export function withoutSecretAssignments(text: string, hidden?: string): string {
  const known = readAssignments(text) ?? [];
  return known
    .flatMap(([name, value]) => {
      if (!isSecretName(name)) return [`${name}=${quote(value)}`];
      return hidden === undefined ? [] : [`${name}=${hidden}`];
    })
    .join(' ');
}

/** What may be kept of a form's values, in the container or in a file: nothing secret. Pure. */
export const keptValues = (
  recipe: Recipe,
  values: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => {
      const kind = recipe.fields.find((field) => field.key === key)?.kind;
      if (kind === 'secret') return [];
      return [[key, kind === 'env' ? withoutSecretAssignments(value) : value]];
    }),
  );
