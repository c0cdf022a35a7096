import type { Container } from '../../../shared/model/container.ts';
import type { NewContainerForm } from '../../../shared/model/creation.ts';
import {
  type AccountFacts,
  checkMappings,
  inList,
  mappingContext,
} from '../../../shared/platform-rules/index.ts';
import { err, fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import { pause } from '../base/pause.ts';
import type { PlatformClient, PlatformContainer } from '../platform/index.ts';

/** How long an order without an answer is looked for, in milliseconds: a queue may take a moment to show it. */
const lookUpPauses = [500, 2000, 5000];

/**
 * Creates a container as it was typed; bills. The rules are checked before anything is sent. An order without an
 * answer is looked for, never sent again: what appears in its project afterwards, with the same mode and machine, is
 * it. Errors: violations of mappings with `field` `mappings.N.name|port`, `command_missing`, `outcome_uncertain`, and
 * what `PlatformClient` says.
 */
export async function createContainer(
  form: NewContainerForm,
  parts: {
    readonly client: PlatformClient;
    readonly containers: readonly Container[];
    readonly account: AccountFacts;
    readonly clock: Clock;
  },
  signal: AbortSignal,
): Promise<Result<{ readonly id: string }>> {
  const { client } = parts;
  const checked = checkMappings(form.mappings, mappingContext(parts.containers, parts.account, {}));
  if (!checked.ok) return err(inList(checked.error));
  if (form.mode.endsWith('TASK') && form.command.trim() === '') {
    return fail('command_missing', { field: 'command' });
  }
  const project = await projectOf(form.project, parts, signal);
  if (!project.ok) return project;
  const projectId = project.value;
  const before = await client.projectContainers(projectId, signal);
  if (!before.ok) return before;
  const { mode, resource, runtime, size, dataBindings } = form;
  const wanted = { projectId, mode, resource, runtime, size, dataBindings, command: form.command.trim() };
  const created = await client.createContainer({ ...wanted, mappings: checked.value }, signal);
  if (created.ok || created.error.code !== 'outcome_uncertain') return created;
  const known = new Set(before.value.map(({ id }) => id));
  const found = await lookUp(parts.clock, signal, async () => {
    const now = await client.projectContainers(projectId, signal);
    return now.ok
      ? now.value.find((container) => !known.has(container.id) && isWanted(container, form))
      : undefined;
  });
  return found === undefined ? created : ok({ id: found.id });
}

const isWanted = (container: PlatformContainer, form: NewContainerForm): boolean =>
  container.mode === form.mode && (container.resource ?? form.resource) === form.resource;

async function projectOf(
  project: NewContainerForm['project'],
  parts: { readonly client: PlatformClient; readonly clock: Clock },
  signal: AbortSignal,
): Promise<Result<string>> {
  if ('id' in project) return ok(project.id);
  const { client } = parts;
  const before = await client.projects(signal);
  if (!before.ok) return before;
  // A second one of the same name would only confuse.
  const same = before.value.find(({ name }) => name === project.name);
  if (same !== undefined) return ok(same.id);
  const created = await client.createProject(project.name, signal);
  if (created.ok) return ok(created.value.id);
  if (created.error.code !== 'outcome_uncertain') return created;
  const found = await lookUp(parts.clock, signal, async () => {
    const now = await client.projects(signal);
    return now.ok ? now.value.find(({ name }) => name === project.name) : undefined;
  });
  return found === undefined ? created : ok(found.id);
}

async function lookUp<T>(
  clock: Clock,
  signal: AbortSignal,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const ms of lookUpPauses) {
    if (!(await pause(ms, clock, signal))) return undefined;
    const found = await look();
    if (found !== undefined) return found;
  }
  return undefined;
}
