import type { RealName } from '../../../shared/model/instance.ts';
import { ok, type Result } from '../../../shared/result.ts';
import {
  type ApiShape,
  assumedShape,
  bareShape,
  optionalFields,
  reducedShape,
  shapeOf,
  withoutWrites,
} from './api-shape.ts';
import { bindingsSelection } from './bindings-selection.ts';
import type { Gateway } from './gateway.ts';
import { findPortsField, type PortsSpelling, spell } from './ports-shape.ts';
import { readShape, type Shape, typeQuery, wireType } from './schema-shape.ts';

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
    // The list waits for this: what does not build on each other is asked at once.
    const [spellings, bindings] = await Promise.all([
      all([job, restart, create].map((shape) => spellingIn(shape, signal))),
      bindingsIn(job, dataset, signal),
    ]);
    if (!spellings.ok) return spellings;
    if (!bindings.ok) return bindings;
    const [onJob, onRestart, onCreate] = spellings.value;
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

/** What the field of the user says; anything but a plain yes or no is unknown. */
export const realNameOf = (value: unknown): RealName => {
  if (value === true) return 'verified';
  return value === false ? 'unverified' : 'unknown';
};
