import type { Mapping } from '../../../shared/model/container.ts';
import type { RealName } from '../../../shared/model/instance.ts';
import type { Diagnostics } from '../../../shared/model/session.ts';
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
import { readAddresses } from './true-address.ts';
import type { WireJob } from './wire.ts';

/** What this server's API offers of what the public documents do not promise. */
export interface ApiShape {
  /** `schema`: the server told; `assumed`: it refused to; `reduced`: it knows less than was assumed. */
  readonly from: 'schema' | 'assumed' | 'reduced';
  /** Fields to ask of a job beside those that are promised; may be empty. */
  readonly jobFields: string;
  /** May a list of projects be asked for the whole latest job of each? */
  readonly latestJob: boolean;
  /** The field of the user that tells whether the real name was verified. */
  readonly realNameField?: string;
  readMappings(job: Readonly<Record<string, unknown>>): readonly Mapping[] | 'unknown';
  /** True addresses of mappings, where the platform tells them. */
  readAddresses(
    job: WireJob,
    mappings: readonly Mapping[] | 'unknown',
  ): readonly { readonly port: number; readonly url: string }[];
  /** When the plan ends the run, as the platform writes it. */
  readEnd(job: Readonly<Record<string, unknown>>): unknown;
  /** Part of the input of a mutation; empty where the platform has no place for it. */
  writeMappings(
    input: 'RestartWorkspaceInput' | 'CreateJobInput',
    mappings: readonly Mapping[] | 'unknown',
  ): Readonly<Record<string, unknown>>;
  readonly found: Pick<Diagnostics, 'mappings' | 'jobFields'>;
}

export interface PortsAdapter {
  /** Asks the server's schema once. Fails only where the server cannot be asked anything at all. */
  shape(signal: AbortSignal): Promise<Result<ApiShape>>;
  /** What was found so far. */
  known(): ApiShape | undefined;
  /** The server did not know a field of `failed`: less is asked from now on. `false` where nothing is left to leave out. */
  reduce(failed: ApiShape): boolean;
  /** The server has no place for mappings in an order: none are sent from now on. */
  refuseWrites(): void;
}

/** Fields of a job that were seen in the wild or exist on some types only. */
const optionalFields = ['subStatus', 'startedAt', 'password', 'size'];
/** Fields that only some kinds of job have, as the platform's own command asks for them. */
const taskFields = ['Task', 'BatchTask'].map((type) => `... on ${type} { command sourceCode { id } }`);
/** Names that such a field could have; asked for only where the schema says that it is there. */
const endFields = ['expiresAt', 'expireAt', 'expiredAt', 'deadline'];
const realNameFields = ['realNameVerified', 'isRealNameVerified', 'realNameAuthenticated', 'isRealName'];

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

  async function spellingIn(
    shape: Shape | undefined,
    signal: AbortSignal,
  ): Promise<Result<PortsSpelling | undefined>> {
    const found = shape === undefined ? undefined : findPortsField(shape);
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

  async function read(signal: AbortSignal): Promise<Result<ApiShape>> {
    const names = ['Job', 'RestartWorkspaceInput', 'CreateJobInput', 'DatasetBinding', 'User', 'Project'];
    const types = await all([...names, 'Task', 'BatchTask'].map((name) => typeOf(name, signal)));
    if (!types.ok) return types;
    const [job, restart, create, dataset, user, project, task, batch] = types.value;
    if (job === undefined) return ok(assumedShape);
    const spellings = await all([job, restart, create].map((shape) => spellingIn(shape, signal)));
    if (!spellings.ok) return spellings;
    const [onJob, onRestart, onCreate] = spellings.value;
    const bindings = await bindingsIn(job, dataset, signal);
    if (!bindings.ok) return bindings;
    const endField = endFields.find((name) => job.get(name)?.kind === 'SCALAR');
    const ofTask = (type: string, shape: Shape | undefined) =>
      shape?.has('command')
        ? [`... on ${type} { command${shape.has('sourceCode') ? ' sourceCode { id }' : ''} }`]
        : [];
    return ok(
      shapeOf({
        from: 'schema',
        fields: [
          ...optionalFields.filter((field) => job.has(field)),
          ...(endField === undefined ? [] : [endField]),
          ...(bindings.value === undefined ? [] : [bindings.value]),
          ...ofTask('Task', task),
          ...ofTask('BatchTask', batch),
        ],
        endField,
        latestJob: project?.get('latestJob')?.type === 'Job',
        realNameField: realNameFields.find((name) => user?.get(name)?.type === 'Boolean'),
        read: onJob,
        onRestart,
        onCreate,
      }),
    );
  }

  async function ask(signal: AbortSignal): Promise<Result<ApiShape>> {
    const answer = await read(signal);
    // A server that answers, but not this: production servers often forbid introspection.
    const refused = !answer.ok && ['platform_error', 'forbidden'].includes(answer.error.code);
    return refused ? ok(assumedShape) : answer;
  }

  return {
    known: () => known,
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
    refuseWrites() {
      if (known !== undefined) known = withoutWrites(known);
    },
  };
}

async function all<T>(questions: readonly Promise<Result<T>>[]): Promise<Result<readonly T[]>> {
  const answers = await Promise.all(questions);
  const values: T[] = [];
  for (const answer of answers) {
    if (!answer.ok) return answer;
    values.push(answer.value);
  }
  return ok(values);
}

function shapeOf(parts: {
  readonly from: ApiShape['from'];
  readonly fields: readonly string[];
  readonly endField?: string | undefined;
  readonly latestJob: boolean;
  readonly realNameField?: string | undefined;
  readonly read: PortsSpelling | undefined;
  readonly onRestart: PortsSpelling | undefined;
  readonly onCreate: PortsSpelling | undefined;
}): ApiShape {
  const { read, endField, from } = parts;
  const ports = read === undefined ? [] : [`${read.field} { ${read.name} ${read.port} ${read.url ?? ''} }`];
  const certain = from === 'schema' ? 'yes' : 'assumed';
  return {
    from,
    jobFields: [...parts.fields, ...ports].join(' '),
    latestJob: parts.latestJob,
    realNameField: parts.realNameField,
    readMappings: (job) => readPorts(job, read),
    readAddresses: (job, mappings) => readAddresses(job, mappings, read),
    readEnd: (job) => (endField === undefined ? undefined : job[endField]),
    writeMappings(input, mappings) {
      const spelling = input === 'CreateJobInput' ? parts.onCreate : parts.onRestart;
      return mappings === 'unknown' || spelling === undefined ? {} : writePorts(mappings, spelling);
    },
    found: {
      mappings: {
        read: read === undefined ? 'no' : certain,
        write: parts.onRestart === undefined ? 'no' : certain,
      },
      jobFields: [...parts.fields, ...ports],
    },
  };
}

const withoutWrites = (shape: ApiShape): ApiShape => ({
  ...shape,
  writeMappings: () => ({}),
  found: { ...shape.found, mappings: { ...shape.found.mappings, write: 'no' } },
});

const assumedShape = shapeOf({
  from: 'assumed',
  fields: [...optionalFields, assumedBindings, ...taskFields],
  latestJob: true,
  read: assumedPorts,
  onRestart: assumedPorts,
  onCreate: assumedPorts,
});

/** Without what only third parties have seen. */
const reducedShape = shapeOf({
  from: 'reduced',
  fields: ['subStatus', 'size', assumedBindings, ...taskFields],
  latestJob: true,
  read: undefined,
  onRestart: assumedPorts,
  onCreate: assumedPorts,
});

/** Only what every client of the platform asks for. */
const bareShape = shapeOf({
  from: 'reduced',
  fields: [],
  latestJob: false,
  read: undefined,
  onRestart: assumedPorts,
  onCreate: assumedPorts,
});

export const realNameOf = (value: unknown): RealName => {
  if (value === true) return 'verified';
  return value === false ? 'unverified' : 'unknown';
};
