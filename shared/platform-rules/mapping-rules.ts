import type { Mapping } from '../model/container.ts';
import type { RealName } from '../model/instance.ts';
import { type AppError, err, ok, type Result } from '../result.ts';
import { maxLabelLength, maxMappings, reservedPorts } from './constants.ts';
import { readPort } from './ports.ts';

/** A mapping as typed. An empty name means none: the address then carries job id and port. */
export interface MappingDraft {
  readonly name: string;
  readonly port: string;
}

/** What the draft must agree with. */
export interface MappingContext {
  readonly user: string;
  readonly containerId: string;
  /** The container's own name, for the sentence about a name that it holds itself. */
  readonly containerName?: string;
  /** Did the account verify its real name? Only a certain *no* closes mappings: the platform has the last word. */
  readonly realName?: RealName;
  /** What the next run of this container would have, without the draft. */
  readonly existing: readonly Mapping[];
  /** The user's other containers, stopped ones too: they hold their names. */
  readonly others: readonly {
    readonly containerId: string;
    readonly containerName: string;
    readonly stopped: boolean;
    readonly mappings: readonly Mapping[];
  }[];
}

/** A rule that a draft breaks, with the field where it was typed. */
export type Violation = AppError & { readonly field: 'name' | 'port' };

/**
 * Checks a draft against every rule of the platform; violations of the port stand before those of the name.
 *
 * Codes: `real_name_required`, `port_invalid`, `port_reserved` {port}, `port_mapped_already` {port}, `mapping_limit` {max},
 * `name_invalid`, `name_too_long` {max: characters that the name may have with this user, over: how many too many},
 * `name_taken` {name, container, stopped: 0 or 1}, `name_looks_unnamed` {name}.
 */
export function checkMapping(
  draft: MappingDraft,
  context: MappingContext,
): Result<Mapping, readonly Violation[]> {
  const port = readPort(draft.port);
  const typedName = draft.name.trim();
  const violations = [...portViolations(port, context), ...nameViolations(typedName, context)];
  if (violations.length > 0 || port === undefined) return err(violations);
  return ok(typedName === '' ? { port } : { name: typedName.toLowerCase(), port });
}

function portViolations(port: number | undefined, context: MappingContext): readonly Violation[] {
  const violations: Violation[] = [];
  if (context.realName === 'unverified') violations.push({ code: 'real_name_required', field: 'port' });
  if (port === undefined) {
    violations.push({ code: 'port_invalid', field: 'port' });
  } else if (reservedPorts.includes(port)) {
    violations.push({ code: 'port_reserved', field: 'port', params: { port } });
  } else if (context.existing.some((mapping) => mapping.port === port)) {
    violations.push({ code: 'port_mapped_already', field: 'port', params: { port } });
  }
  if (context.existing.length >= maxMappings) {
    violations.push({ code: 'mapping_limit', field: 'port', params: { max: maxMappings } });
  }
  return violations;
}

/** No `u` flag: with it, `i` would let signs such as U+212A (Kelvin) pass for a letter. */
const label = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;

function nameViolations(typed: string, context: MappingContext): readonly Violation[] {
  if (typed === '') return [];
  if (!label.test(typed)) return [{ code: 'name_invalid', field: 'name' }];
  const name = typed.toLowerCase();
  const violations: Violation[] = [];
  const over = `${context.user}-${name}`.length - maxLabelLength;
  if (over > 0) {
    const max = Math.max(0, name.length - over);
    violations.push({ code: 'name_too_long', field: 'name', params: { max, over } });
  }
  const holder = holderOf(name, context);
  if (holder !== undefined) {
    violations.push({
      code: 'name_taken',
      field: 'name',
      params: { name, container: holder.container, stopped: holder.stopped ? 1 : 0 },
    });
  }
  if (looksUnnamed(name, context)) {
    violations.push({ code: 'name_looks_unnamed', field: 'name', params: { name } });
  }
  return violations;
}

function holderOf(
  name: string,
  context: MappingContext,
): { readonly container: string; readonly stopped: boolean } | undefined {
  const holds = (mapping: Mapping) => mapping.name?.toLowerCase() === name;
  if (context.existing.some(holds)) {
    return { container: context.containerName ?? context.containerId, stopped: false };
  }
  const other = context.others.find(
    (candidate) => candidate.containerId !== context.containerId && candidate.mappings.some(holds),
  );
  return other === undefined ? undefined : { container: other.containerName, stopped: other.stopped };
}

/**
 * Would the address be that of an unnamed mapping, or the bare one of a job? Job ids of the public instances
 * are 12 letters and digits; ids that are known are compared as they are.
 */
function looksUnnamed(name: string, context: MappingContext): boolean {
  if (/^[a-z0-9]{12}-[0-9]+$/.test(name)) return readPort(name.slice(13)) !== undefined;
  const ids = [context.containerId, ...context.others.map((other) => other.containerId)];
  return ids.some((known) => {
    const id = known.toLowerCase();
    return name === id || (name.startsWith(`${id}-`) && readPort(name.slice(id.length + 1)) !== undefined);
  });
}
