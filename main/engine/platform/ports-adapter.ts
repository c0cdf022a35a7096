import type { Mapping } from '../../../shared/model/container.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { assumedBindings, bindingsSelection } from './bindings-selection.ts';
import type { Gateway } from './gateway.ts';
import {
  assumedPorts,
  findPortsField,
  type PortsSpelling,
  readPorts,
  spell,
  writePorts,
} from './ports-shape.ts';
import { readShape, type Shape, typeQuery, wireType } from './schema-shape.ts';

/** What this server's API offers of what the public documents do not promise. */
export interface ApiShape {
  /** `schema`: the server told; `assumed`: it refused to; `reduced`: it knows less than was assumed. */
  readonly from: 'schema' | 'assumed' | 'reduced';
  /** Fields to ask of a job beside those that are promised; may be empty. */
  readonly jobFields: string;
  readMappings(job: Readonly<Record<string, unknown>>): readonly Mapping[] | 'unknown';
  /** Part of the input of a mutation; empty where the platform has no place for it. */
  writeMappings(
    input: 'RestartWorkspaceInput' | 'CreateJobInput',
    mappings: readonly Mapping[] | 'unknown',
  ): Readonly<Record<string, unknown>>;
}

export interface PortsAdapter {
  /** Asks the server's schema once. Fails only where the server cannot be asked anything at all. */
  shape(signal: AbortSignal): Promise<Result<ApiShape>>;
  /** The server did not know a field of `failed`: less is asked from now on. `false` where nothing is left to leave out. */
  reduce(failed: ApiShape): boolean;
}

/** Fields of a job that were seen in the wild or exist on some types only. */
const optionalFields = ['subStatus', 'startedAt', 'password'];

/**
 * How mappings are read and written is documented nowhere. The server's own schema is asked first, by
 * introspection with the user's token; where that is refused, the likely shape is tried and the answer believed.
 */
export function createPortsAdapter(gateway: Gateway): PortsAdapter {
  let known: ApiShape | undefined;
  let asking: Promise<Result<ApiShape>> | undefined;

  async function typeOf(name: string, signal: AbortSignal): Promise<Result<Shape | undefined>> {
    const answer = await gateway.ask({ query: typeQuery, variables: { name }, schema: wireType, signal });
    return answer.ok ? ok(readShape(answer.value)) : answer;
  }

  async function spellingIn(shape: Shape, signal: AbortSignal): Promise<Result<PortsSpelling | undefined>> {
    const found = findPortsField(shape);
    if (found === undefined) return ok(undefined);
    const element = await typeOf(found.type, signal);
    if (!element.ok) return element;
    return ok(element.value === undefined ? undefined : spell(found.field, element.value));
  }

  async function bindingsIn(
    job: Shape,
    dataset: Shape | undefined,
    signal: AbortSignal,
  ): Promise<Result<string | undefined>> {
    const field = job.get('dataBindings');
    if (field === undefined) return ok(undefined);
    const element = await typeOf(field.type, signal);
    return element.ok ? ok(bindingsSelection(field, element.value, dataset)) : element;
  }

  async function ask(signal: AbortSignal): Promise<Result<ApiShape>> {
    const names = ['Job', 'RestartWorkspaceInput', 'CreateJobInput', 'DatasetBinding'];
    const answers = await Promise.all(names.map((name) => typeOf(name, signal)));
    const failed = answers.find((answer) => !answer.ok);
    if (failed !== undefined && !failed.ok) return isRefusal(failed.error.code) ? ok(assumedShape) : failed;
    const [job, restart, create, dataset] = answers.map((answer) => (answer.ok ? answer.value : undefined));
    if (job === undefined) return ok(assumedShape);

    const spellings = await Promise.all(
      [job, restart, create].map((shape) =>
        shape === undefined ? ok(undefined) : spellingIn(shape, signal),
      ),
    );
    const broken = spellings.find((answer) => !answer.ok);
    if (broken !== undefined && !broken.ok) return isRefusal(broken.error.code) ? ok(assumedShape) : broken;
    const [read, onRestart, onCreate] = spellings.map((answer) => (answer.ok ? answer.value : undefined));
    const fields = optionalFields.filter((field) => job.has(field));
    const bindings = await bindingsIn(job, dataset, signal);
    if (!bindings.ok) return isRefusal(bindings.error.code) ? ok(assumedShape) : bindings;
    if (bindings.value !== undefined) fields.push(bindings.value);
    return ok(shapeOf({ from: 'schema', fields, read, onRestart, onCreate }));
  }

  return {
    async shape(signal) {
      if (known !== undefined) return ok(known);
      // The first to ask decides how long it takes; whoever comes meanwhile asks again if it gives up.
      const mine = asking ?? ask(signal);
      asking = mine;
      const answer = await mine;
      if (asking === mine) asking = undefined;
      if (answer.ok) known ??= answer.value;
      else if (answer.error.code === 'cancelled' && !signal.aborted) return this.shape(signal);
      return answer.ok ? ok(known ?? answer.value) : answer;
    },
    reduce(failed) {
      if (failed === bareShape) return false;
      // Two questions may fail with the same shape: the first has reduced it already.
      if (known !== failed) return true;
      known = known === reducedShape ? bareShape : reducedShape;
      return true;
    },
  };
}

/** A server that answers, but not this: production servers often forbid introspection. */
const isRefusal = (code: string): boolean => code === 'platform_error' || code === 'forbidden';

function shapeOf(parts: {
  readonly from: ApiShape['from'];
  readonly fields: readonly string[];
  readonly read: PortsSpelling | undefined;
  readonly onRestart: PortsSpelling | undefined;
  readonly onCreate: PortsSpelling | undefined;
}): ApiShape {
  const { read } = parts;
  const ports = read === undefined ? [] : [`${read.field} { ${read.name} ${read.port} }`];
  return {
    from: parts.from,
    jobFields: [...parts.fields, ...ports].join(' '),
    readMappings: (job) => readPorts(job, read),
    writeMappings(input, mappings) {
      const spelling = input === 'CreateJobInput' ? parts.onCreate : parts.onRestart;
      return mappings === 'unknown' || spelling === undefined ? {} : writePorts(mappings, spelling);
    },
  };
}

const assumedShape = shapeOf({
  from: 'assumed',
  fields: [...optionalFields, assumedBindings],
  read: assumedPorts,
  onRestart: assumedPorts,
  onCreate: assumedPorts,
});

/** Without what only third parties have seen. */
const reducedShape = shapeOf({
  from: 'reduced',
  fields: ['subStatus', assumedBindings],
  read: undefined,
  onRestart: assumedPorts,
  onCreate: assumedPorts,
});

/** Only what every client of the platform asks for. */
const bareShape = shapeOf({
  from: 'reduced',
  fields: [],
  read: undefined,
  onRestart: assumedPorts,
  onCreate: assumedPorts,
});
