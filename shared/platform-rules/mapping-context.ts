import type { Container, Mapping } from '../model/container.ts';
import type { RealName } from '../model/instance.ts';
import { type AppError, err, ok, type Result } from '../result.ts';
import { checkMapping, type MappingContext, type MappingDraft, type Violation } from './mapping-rules.ts';

export const mappingsInEffect = (container: Pick<Container, 'mappings'>): readonly Mapping[] =>
  container.mappings === 'unknown' ? [] : container.mappings;

/** What the next run will expose: the draft that waits, or what is in effect. */
export const mappingsOfNextRun = (
  container: Pick<Container, 'mappings' | 'pendingMappings'>,
): readonly Mapping[] => container.pendingMappings ?? mappingsInEffect(container);

export interface AccountFacts {
  /** First part of the addresses: the user, or the organisation in whose name the containers run. */
  readonly owner: string;
  readonly realName?: RealName;
}

/**
 * What a new mapping of a container must agree with, from the list of all containers: the form and the engine build
 * it with this one function. Without `containerId` it is for a container that does not exist yet, whose mappings are
 * `existing`.
 */
export function mappingContext(
  containers: readonly Container[],
  account: AccountFacts,
  of: { readonly containerId?: string; readonly existing?: readonly Mapping[] },
): MappingContext {
  const container = containers.find((candidate) => candidate.id === of.containerId);
  return {
    user: account.owner,
    realName: account.realName,
    containerId: of.containerId ?? '',
    containerName: container?.name,
    existing: of.existing ?? (container === undefined ? [] : mappingsOfNextRun(container)),
    others: containers
      .filter((other) => other.id !== of.containerId)
      .map((other) => ({
        containerId: other.id,
        containerName: other.name,
        stopped: other.status.kind === 'ended',
        // It holds the names that it has, until its restart, and those that wait for it.
        mappings: [...mappingsInEffect(other), ...(other.pendingMappings ?? [])],
      })),
  };
}

/** Checks a whole list, each against those before it; the violations of the first that breaks a rule, and which it is. */
export function checkMappings(
  drafts: readonly MappingDraft[],
  context: MappingContext,
): Result<readonly Mapping[], { readonly index: number; readonly violations: readonly Violation[] }> {
  const checked: Mapping[] = [];
  for (const [index, draft] of drafts.entries()) {
    const result = checkMapping(draft, { ...context, existing: [...context.existing, ...checked] });
    if (!result.ok) return err({ index, violations: result.error });
    checked.push(result.value);
  }
  return ok(checked);
}

/** A mapping as if it had been typed. */
export const asDraft = (mapping: Mapping): MappingDraft => ({
  name: mapping.name ?? '',
  port: String(mapping.port),
});

/** The first violation as an error of a list's field: `mappings.2.port`. */
export const inList = ({
  index,
  violations,
}: {
  readonly index: number;
  readonly violations: readonly Violation[];
}): AppError => {
  const [first] = violations;
  return first === undefined
    ? { code: 'bad_request' }
    : { ...first, field: `mappings.${index}.${first.field}` };
};
