import type { DataBinding } from '../../../shared/model/container.ts';
import type { CreationOptions, NewContainerForm, ResourceChoice } from '../../../shared/model/creation.ts';
import { plainDigits } from '../../../shared/platform-rules/index.ts';

/** A container as it is being typed. */
export interface ContainerDraft {
  /** Id of a project that is there; empty makes a new one. */
  readonly projectId: string;
  readonly projectName: string;
  readonly mode: NewContainerForm['mode'];
  readonly resource: string;
  readonly runtime: string;
  readonly command: string;
  readonly size: string;
  readonly mappings: readonly { readonly name: string; readonly port: string }[];
  readonly dataBindings: readonly DataBinding[];
}

/** Kinds that can be made here, the most wanted first. */
export const creatableModes = [
  'WORKSPACE',
  'TASK',
  'BATCH_WORKSPACE',
  'BATCH_TASK',
] as const satisfies readonly NewContainerForm['mode'][];

/** What most people want: a workspace on the cheapest machine, with the newest runtime that fits it. */
export function firstDraft(options: CreationOptions): ContainerDraft {
  const resource = options.resources.find(({ free }) => free) ?? options.resources[0];
  return {
    projectId: '',
    projectName: '',
    mode: 'WORKSPACE',
    resource: resource?.name ?? '',
    runtime: runtimesFor(options, resource?.name ?? '')[0]?.name ?? '',
    command: '',
    size: '2',
    mappings: [],
    dataBindings: [],
  };
}

/** Runtimes for a machine, those that are current first. */
export function runtimesFor(options: CreationOptions, resource: string): CreationOptions['runtimes'] {
  const chosen = options.resources.find(({ name }) => name === resource);
  const device = chosen?.gpu === true ? 'gpu' : 'cpu';
  const fitting = options.runtimes.filter(
    (runtime) => runtime.device === undefined || runtime.device.toLowerCase() === device,
  );
  const list = fitting.length > 0 ? fitting : options.runtimes;
  return [...list].sort((a, b) => Number(a.deprecated) - Number(b.deprecated));
}

export const isTask = (mode: ContainerDraft['mode']): boolean => mode === 'TASK' || mode === 'BATCH_TASK';
export const isBatch = (mode: ContainerDraft['mode']): boolean =>
  mode === 'BATCH_TASK' || mode === 'BATCH_WORKSPACE';

/** As the contract takes it. */
export const formOf = (draft: ContainerDraft): NewContainerForm => ({
  project: draft.projectId === '' ? { name: draft.projectName.trim() } : { id: draft.projectId },
  mode: draft.mode,
  resource: draft.resource,
  runtime: draft.runtime,
  command: isTask(draft.mode) ? draft.command : '',
  size: isBatch(draft.mode) ? Math.min(64, Math.max(1, Math.round(Number(plainDigits(draft.size))) || 1)) : 1,
  dataBindings: [...draft.dataBindings],
  mappings: draft.mappings.map((mapping) => ({ ...mapping })),
});

/** What is still needed before it can be created, in the order of the form. */
export type Missing = 'projectName' | 'resource' | 'runtime' | 'command' | 'binding' | 'mapping';

/** The first thing that keeps it from being created; `undefined` when nothing does. Pure. */
export function missingIn(draft: ContainerDraft, linesAreRight: boolean): Missing | undefined {
  if (draft.projectId === '' && draft.projectName.trim() === '') return 'projectName';
  if (draft.resource === '') return 'resource';
  if (draft.runtime === '') return 'runtime';
  if (isTask(draft.mode) && draft.command.trim() === '') return 'command';
  if (!linesAreRight) return 'mapping';
  return draft.dataBindings.every(({ name, path }) => name.trim() !== '' && path.trim() !== '')
    ? undefined
    : 'binding';
}

export const resourceOf = (options: CreationOptions, name: string): ResourceChoice | undefined =>
  options.resources.find((resource) => resource.name === name);
