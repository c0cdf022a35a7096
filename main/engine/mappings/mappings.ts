import type { Container, Mapping } from '../../../shared/model/container.ts';
import {
  type AccountFacts,
  checkMapping,
  copiedMapping,
  type MappingDraft,
  mappingContext,
  mappingsOfNextRun,
} from '../../../shared/platform-rules/index.ts';
import { type AppError, err, fail, ok, type Result } from '../../../shared/result.ts';
import { nothingToPutBack, type PutBack } from '../base/bin.ts';
import { type Containers, sameMappings } from '../containers/index.ts';

interface Typed extends MappingDraft {
  readonly containerId: string;
}
interface Which {
  readonly containerId: string;
  readonly port: number;
}

/** What came of several mappings at once: those that fit were added, the others say why not. */
interface AppliedMappings {
  readonly added: readonly Mapping[];
  readonly skipped: readonly { readonly mapping: Mapping; readonly error: AppError }[];
}

/**
 * Edits what the next run of a container exposes. Nothing reaches the platform before that run: a mapping takes
 * effect when its container starts. Every method can fail with `not_signed_in` and `container_not_found`.
 */
export interface Mappings {
  /** Name and port as typed. Fails with the first violation of `checkMapping`, its field named. */
  add(typed: Typed): Result<null>;
  /** Gives the mapping of `port` another name or port. Also `mapping_not_found` {port}. */
  change(typed: Typed & { readonly port: string; readonly oldPort: number }): Result<null>;
  /** A port that is not mapped stays so. */
  remove(wanted: Which): Result<PutBack>;
  /** Forgets every change that waits. Putting back: `undo_gone` when others wait by then. */
  discard(wanted: { readonly containerId: string }): Result<PutBack>;
  /** The same port in another container, under a free name like the old one. Gives the copy. */
  copy(wanted: Which & { readonly to: string }): Result<Mapping>;
  /**
   * Away here and there under the same name. The name is free only after this container's next start: the other one
   * cannot start with it before, and says so.
   */
  move(wanted: Which & { readonly to: string }): Result<Mapping>;
  /** Adds a set; a name that is taken gets a number, what does not fit is left out and says why. */
  apply(wanted: {
    readonly containerId: string;
    readonly mappings: readonly Mapping[];
  }): Result<AppliedMappings>;
  /** Notes by hand what the platform has in effect and does not tell. Also `mappings_readable`. */
  note(typed: Typed): Result<null>;
  forgetNote(wanted: Which): Result<PutBack>;
}

export function createMappings(options: {
  readonly containers: Pick<Containers, 'get' | 'list' | 'setPending' | 'setNoted'>;
  /** Of the account that is open. */
  readonly facts: () => AccountFacts | undefined;
}): Mappings {
  const { containers } = options;

  /** The container, and what a change of its list must agree with. */
  function open(containerId: string, existing?: (container: Container) => readonly Mapping[]) {
    const facts = options.facts();
    if (facts === undefined) return fail('not_signed_in');
    const container = containers.get(containerId);
    if (container === undefined) return fail('container_not_found');
    const list = (existing ?? mappingsOfNextRun)(container);
    return ok({
      container,
      list,
      context: mappingContext(containers.list(), facts, { containerId, existing: list }),
    });
  }
  const find = (list: readonly Mapping[], port: number): Result<Mapping> => {
    const mapping = list.find((candidate) => candidate.port === port);
    return mapping === undefined ? fail('mapping_not_found', { params: { port } }) : ok(mapping);
  };
  /** A mapping, and the container that it is to go to. */
  function openBoth({ containerId, port, to }: Which & { readonly to: string }) {
    const from = open(containerId);
    const target = open(to);
    if (!from.ok) return from;
    if (!target.ok) return target;
    const mapping = find(from.value.list, port);
    return mapping.ok ? ok({ mapping: mapping.value, target: target.value }) : mapping;
  }
  const violation = (violations: readonly AppError[]) =>
    err(violations[0] ?? { code: 'bad_request' as const });

  function change(
    containerId: string,
    edit: (list: readonly Mapping[]) => readonly Mapping[] | undefined,
  ): Result<null> {
    const container = containers.get(containerId);
    if (container === undefined) return fail('container_not_found');
    const changed = edit(mappingsOfNextRun(container));
    if (changed !== undefined) containers.setPending(containerId, changed);
    return ok(null);
  }
  const without = (port: number) => (list: readonly Mapping[]) => {
    const left = list.filter((mapping) => mapping.port !== port);
    return left.length < list.length ? left : undefined;
  };

  return {
    add({ containerId, name, port }) {
      const opened = open(containerId);
      if (!opened.ok) return opened;
      const checked = checkMapping({ name, port }, opened.value.context);
      if (!checked.ok) return violation(checked.error);
      containers.setPending(containerId, [...opened.value.list, checked.value]);
      return ok(null);
    },
    change({ containerId, name, port, oldPort }) {
      const whole = open(containerId);
      if (!whole.ok) return whole;
      const before = find(whole.value.list, oldPort);
      if (!before.ok) return before;
      const opened = open(containerId, (container) =>
        mappingsOfNextRun(container).filter((mapping) => mapping.port !== oldPort),
      );
      if (!opened.ok) return opened;
      const checked = checkMapping({ name, port }, opened.value.context);
      if (!checked.ok) return violation(checked.error);
      return change(containerId, (list) =>
        list.map((mapping) => (mapping.port === oldPort ? checked.value : mapping)),
      );
    },
    remove({ containerId, port }) {
      const container = containers.get(containerId);
      if (container === undefined) return fail('container_not_found');
      const before = mappingsOfNextRun(container);
      const gone = before.find((mapping) => mapping.port === port);
      if (gone === undefined) return ok(nothingToPutBack);
      const after = before.filter((mapping) => mapping !== gone);
      containers.setPending(containerId, after);
      return ok(() => {
        const now = containers.get(containerId);
        // Where nothing else was changed meanwhile, no rule has a say: it stood there before.
        if (now === undefined || !sameMappings(mappingsOfNextRun(now), after))
          return this.add({ containerId, name: gone.name ?? '', port: String(port) });
        containers.setPending(containerId, before);
        return ok(null);
      });
    },
    discard({ containerId }) {
      const before = containers.get(containerId)?.pendingMappings;
      if (containers.get(containerId) === undefined) return fail('container_not_found');
      containers.setPending(containerId, undefined);
      if (before === undefined) return ok(nothingToPutBack);
      return ok(() => {
        const now = containers.get(containerId);
        if (now === undefined) return fail('container_not_found');
        if (now.pendingMappings !== undefined) return fail('undo_gone');
        containers.setPending(containerId, before);
        return ok(null);
      });
    },
    copy(wanted) {
      const { to } = wanted;
      const opened = openBoth(wanted);
      if (!opened.ok) return opened;
      const { mapping, target } = opened.value;
      const copy = copiedMapping(mapping, target.context) ?? mapping;
      const added = this.add({ containerId: to, name: copy.name ?? '', port: String(copy.port) });
      return added.ok ? ok(copy) : added;
    },
    move(wanted) {
      const { containerId, port, to } = wanted;
      const opened = openBoth(wanted);
      if (!opened.ok) return opened;
      const { mapping, target } = opened.value;
      const { name } = mapping;
      // Its own old name does not stand against it.
      const others = target.context.others.map((other) =>
        other.containerId === containerId
          ? { ...other, mappings: other.mappings.filter((held) => name === undefined || held.name !== name) }
          : other,
      );
      const draft = { name: name ?? '', port: String(port) };
      const checked = checkMapping(draft, { ...target.context, others });
      if (!checked.ok) return violation(checked.error);
      containers.setPending(to, [...target.list, checked.value]);
      change(containerId, without(port));
      return ok(checked.value);
    },
    apply({ containerId, mappings }) {
      const added: Mapping[] = [];
      const skipped: { readonly mapping: Mapping; readonly error: AppError }[] = [];
      for (const mapping of mappings) {
        const opened = open(containerId);
        if (!opened.ok) return opened;
        const fitting = copiedMapping(mapping, opened.value.context) ?? mapping;
        const result = this.add({ containerId, name: fitting.name ?? '', port: String(fitting.port) });
        if (result.ok) added.push(fitting);
        else skipped.push({ mapping, error: result.error });
      }
      return ok({ added, skipped });
    },
    note({ containerId, name, port }) {
      const opened = open(containerId, (container) =>
        container.mappings === 'unknown' ? [] : container.mappings,
      );
      if (!opened.ok) return opened;
      if (opened.value.container.mappingsFrom === 'platform') return fail('mappings_readable');
      // It is in effect already: that the account may not map has no say in it.
      const checked = checkMapping({ name, port }, { ...opened.value.context, realName: 'unknown' });
      if (!checked.ok) return violation(checked.error);
      return containers.setNoted(containerId, [...opened.value.list, checked.value]);
    },
    forgetNote({ containerId, port }) {
      const container = containers.get(containerId);
      if (container === undefined) return fail('container_not_found');
      if (container.mappings === 'unknown' || container.mappingsFrom === 'platform')
        return ok(nothingToPutBack);
      const gone = container.mappings.filter((mapping) => mapping.port === port);
      const left = container.mappings.filter((mapping) => mapping.port !== port);
      const noted = containers.setNoted(containerId, left.length === 0 ? undefined : left);
      if (!noted.ok) return noted;
      return ok(() => {
        const now = containers.get(containerId)?.mappings ?? 'unknown';
        const others = now === 'unknown' ? [] : now.filter((mapping) => mapping.port !== port);
        return containers.setNoted(containerId, [...others, ...gone]);
      });
    },
  };
}
